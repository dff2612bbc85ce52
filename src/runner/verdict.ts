import { constants } from 'node:os'
import type { ErrorClass } from '../domain/error-class.ts'
import type { AttemptResult, StopReason } from '../domain/runner.ts'
import { causeOf, type Cause } from './causes.ts'
import type { OutputVerdict } from './output.ts'
import { clip, type ErrorMessage } from './protocol.ts'

const UNKNOWN_END = 'what became of it is not known: the process that starts scrapers was killed'

/** All that is known of an attempt when no process of it is left. */
export interface Facts {
  /** With no signal either: it is not known how it ended. */
  exit_code: number | null
  signal: string | null
  /** Why we stopped it, if we did before it ended. */
  stopped: StopReason | null
  /** The limits that a `timeout` or `memory` stop enforced: seconds and bytes. */
  limits: { timeout: number; memory: number }
  /** Set where the kernel killed for want of memory meanwhile: bytes that all had together, null if not limited. */
  out_of_memory: { limit: number | null } | null
  /** The scraper's last `error` message. */
  error: ErrorMessage | null
  /** Looked at only after exit status 0. */
  output: OutputVerdict | null
  last_error_line: string | null
  /** The last lines on standard error, the earliest first. */
  error_tail: readonly string[]
}

/** What the exit status, the messages and the output together mean. */
export type Judged = Omit<AttemptResult, 'exit_code' | 'signal' | 'metrics' | 'peak' | 'retry_after'>

interface Status {
  class: ErrorClass
  /** A class that an `error` message may name instead: the same thing, more exactly. */
  finer?: ErrorClass
  meaning: string
}

/** Exit statuses with a meaning of their own (source: scraper-contract.md, Exit status). */
const STATUSES: Readonly<Record<number, Status>> = {
  2: { class: 'config', meaning: 'the scraper was called or configured wrongly' },
  65: { class: 'input', finer: 'not_found', meaning: 'the input is malformed' },
  66: { class: 'input', finer: 'not_found', meaning: 'the input is missing' },
  75: { class: 'transient', finer: 'rate_limited', meaning: 'a passing failure' },
  76: { class: 'layout_changed', meaning: 'the page is no longer laid out as the scraper expects' },
  77: { class: 'blocked', meaning: 'the site blocks us or asks for a captcha' },
  78: { class: 'config', meaning: 'the scraper was called or configured wrongly' },
}

/** A shell ends with this where it cannot read its script, and also where the system has no process for it. */
const SHELL_FAULT = 2

/**
 * How an attempt ended, by the scraper contract. Pure and total. An exit status with a meaning of its own is
 * the scraper's last word on the class; its last `error` message tells the rest, and the class otherwise.
 */
export function judge(facts: Facts): Judged {
  switch (facts.stopped) {
    case 'cancel':
      return { outcome: 'cancelled', error: null, output: null, checked: null }
    case 'shutdown':
      return { outcome: 'interrupted', error: null, output: null, checked: null }
    case 'timeout':
      return failure('timeout', `stopped after its time limit of ${facts.limits.timeout} s`)
    case 'memory':
      return failure('memory', `stopped above its memory limit of ${mebibytes(facts.limits.memory)} MiB`)
    case null:
      // What it said of itself does not say either why it is gone.
      if (facts.exit_code === null && facts.signal === null) return failure('transient', UNKNOWN_END)
      if (facts.out_of_memory && wasKilled(facts)) return failure('memory', outOfMemory(facts.out_of_memory))
      return facts.exit_code === 0 && facts.output ? byOutput(facts.output) : byExit(facts)
  }
}

/** A failed attempt; `message` is cut to one line of a length for people. */
export function failure(errorClass: ErrorClass, message: string): Judged {
  return {
    outcome: 'failed',
    error: { class: errorClass, message: clip(message), url: null, http: null },
    output: null,
    checked: null,
  }
}

/** By the signal that the kernel sends, or a shell whose program was. */
function wasKilled({ exit_code, signal }: Facts): boolean {
  return signal === 'SIGKILL' || signalOf(exit_code ?? 0) === 'SIGKILL'
}

function outOfMemory({ limit }: { limit: number | null }): string {
  return limit === null
    ? 'killed by the system, which had no memory left'
    : `killed by the container's memory limit of ${mebibytes(limit)} MiB`
}

function byOutput(output: OutputVerdict): Judged {
  const { checked = null } = output
  if ('refused' in output) return { ...failure(output.refused, output.message), checked }
  const { rows, bytes } = output
  return { outcome: 'completed', error: null, output: { rows, bytes }, checked }
}

function byExit(facts: Facts): Judged {
  if (facts.error) {
    const { message, url, http } = facts.error
    return {
      outcome: 'failed',
      error: { class: errorClassOf(facts, facts.error), message, url, http },
      output: null,
      checked: null,
    }
  }
  const cause = causeIn(facts)
  if (cause) return failure(cause.class, cause.message)
  const [errorClass, meaning] = exitMeaning(facts)
  const detail = facts.last_error_line
  if (meaning && detail) return failure(errorClass, `${meaning}: ${detail}`)
  return failure(errorClass, meaning ?? detail ?? `exit status ${facts.exit_code}`)
}

/** What an interpreter or a shell says counts where the status may be its own: a scraper's says more. */
function causeIn({ exit_code, signal, error_tail }: Facts): Cause | undefined {
  if (signal !== null || exit_code === null || signalOf(exit_code)) return undefined
  const isScrapers = exit_code in STATUSES && exit_code !== SHELL_FAULT
  return isScrapers ? undefined : causeOf(error_tail, exit_code)
}

function errorClassOf({ exit_code }: Facts, said: ErrorMessage): ErrorClass {
  const known = STATUSES[exit_code ?? -1]
  return known === undefined || known.finer === said.class ? said.class : known.class
}

function exitMeaning({ exit_code, signal }: Facts): readonly [ErrorClass, string | undefined] {
  if (signal) return ['transient', `killed by ${signal}, which we did not send`]
  const known = STATUSES[exit_code ?? -1]
  if (known) return [known.class, `${known.meaning} (exit status ${exit_code})`]
  const relayed = signalOf(exit_code ?? 0)
  return relayed ? ['transient', `its program was killed by ${relayed}`] : ['internal', undefined]
}

/** A shell ends with 128 + n when its program was killed by signal n. */
function signalOf(status: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => number === status - 128)?.[0]
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20)
}
