/** What went wrong, as a machine reads it. Stable: scripts match on these, `cli/main.ts` maps them to exit statuses. */
export type ErrorCode =
  | 'usage' // the command line cannot be understood
  | 'config' // zafra.yaml or the environment holds something invalid
  | 'lists' // urls/*.csv or the code list cannot be read as what they are
  | 'not_found' // no such batch, task, attempt or file
  | 'conflict' // the thing is not in a state that allows this
  | 'no_engine' // an engine is needed and none runs
  | 'closing' // the engine is on its way out and does nothing more
  | 'workspace_owned' // another engine owns the workspace and cannot be reached
  | 'database' // the database cannot be used
  | 'storage' // a write did not reach the disk
  | 'scraper' // a scraper cannot be started
  | 'interrupted' // the operator stopped it
  | 'internal' // a defect of ours

/**
 * The one error type that crosses a folder's border.
 * `message` is for the person: what happened, where, and what to do about it.
 */
export class ZafraError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ZafraError'
    this.code = code
  }
}

/** The message of anything thrown, for composing a ZafraError's own message. */
export function reason(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}
