/** The error classes of the scraper contract, each with the exit status that tells it to the engine (sysexits). */
const EXIT_STATUS = {
  transient: 75,
  rate_limited: 75,
  layout_changed: 76,
  blocked: 77,
  config: 78,
  input: 65,
  not_found: 66,
  internal: 1,
} as const

export type FailureClass = keyof typeof EXIT_STATUS

interface Where {
  url?: URL | string | undefined
  http?: number | undefined
  /** Seconds that the host asked us to stay away. */
  retryAfter?: number | undefined
  cause?: unknown
}

/** The one error of a scraper: what ends it, in the words of the contract. */
export class Failure extends Error {
  readonly class: FailureClass
  readonly url: string | undefined
  readonly http: number | undefined
  readonly retryAfter: number | undefined

  constructor(failureClass: FailureClass, message: string, where: Where = {}) {
    super(message, { cause: where.cause })
    this.name = 'Failure'
    this.class = failureClass
    this.url = where.url?.toString()
    this.http = where.http
    this.retryAfter = where.retryAfter
  }

  get exitStatus(): number {
    return EXIT_STATUS[this.class]
  }
}

/** Anything thrown, as a Failure; what we did not foresee is `internal`. */
export function asFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  return new Failure('internal', thrown instanceof Error ? thrown.message : String(thrown), { cause: thrown })
}
