export { scraperCommand, type ScraperCommand } from './command.ts'
export { createLogReader } from './log-reader.ts'
export { createMachine } from './machine.ts'
export { createRunner } from './runner.ts'
