export { createMessenger } from './messenger.ts'
export { missingVariables } from './secrets.ts'
