import type { Delivery } from '../domain/notice.ts'

/** One try, as each kind of channel is given it. `signal` ends it. */
export interface Sending {
  delivery: Delivery
  env: Readonly<Record<string, string | undefined>>
  workspace: string
  now: Date
  signal: AbortSignal
}
