export { createCheckLines } from './check-lines.ts'
export { createEngine } from './create.ts'
export { createReader } from './reader.ts'
export type { Parts } from './core.ts'
