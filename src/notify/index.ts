export { titleOf } from './text.ts'
export { createMessenger } from './messenger.ts'
export { missingVariables } from './secrets.ts'
