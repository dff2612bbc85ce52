/**
 * Names of diagnostics channels (`node:diagnostics_channel`) on which a process says how long its writes take. Nobody has
 * to listen.
 */
export const JOURNAL_TIMINGS = 'zafra:journal'
export const SNAPSHOT_TIMINGS = 'zafra:snapshot'

/** What is said there after each one that went well. */
export interface Timing {
  seconds: number
  bytes: number
}
