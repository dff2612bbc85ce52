import type { ErrorCode } from '../domain/error.ts'

/** What HTTP calls an error; the code itself stands in the body (`{"error":{"code","message"}}`). */
export const HTTP_STATUS = {
  usage: 400,
  config: 400,
  not_found: 404,
  conflict: 409,
  workspace_owned: 409,
  lists: 422,
  scraper: 422,
  database: 500,
  internal: 500,
  interrupted: 503,
  no_engine: 503,
  closing: 503,
  storage: 507,
} as const satisfies Record<ErrorCode, number>
