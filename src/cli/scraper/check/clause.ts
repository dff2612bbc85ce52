import type { Run } from './run.ts'

/** All the runs of a check. Null: that one says nothing about this scraper, or needs pages of our own. */
export interface Runs {
  whole: Run
  /** Went on after it was killed behind its first checkpoint. */
  resumed: Run | null
  /** Was asked to stop in the middle. */
  stopped: Run | null
  empty: Run | null
  failing: Run | null
  walled: Run | null
}

/** What the runs were given. */
export interface Terms {
  max_pages: number
  /** Seconds. */
  rate_limit: number
  user_agent: string
  limit: number
  grace: number
  mode: 'full' | 'detail'
  /** Whether the files that were for reading only are as they were. */
  untouched: boolean
}

/** A sentence of the scraper contract, and whether it is kept. */
export interface Clause {
  clause: string
  /** `must`: the engine depends on it; `should`: it works better so. */
  level: 'must' | 'should'
  verdict: 'pass' | 'fail' | 'not applicable'
  detail: string
}

export type Judgement = Pick<Clause, 'verdict' | 'detail'>

export const pass = (detail = ''): Judgement => ({ verdict: 'pass', detail })
export const fail = (detail: string): Judgement => ({ verdict: 'fail', detail })
export const moot = (detail: string): Judgement => ({ verdict: 'not applicable', detail })

/** `pass`, unless there is something to complain about. */
export function unless(complaint: string | undefined, detail = ''): Judgement {
  return complaint === undefined ? pass(detail) : fail(complaint)
}

/** How a process ended, in words. */
export function endOf({ trial: { exit } }: Run): string {
  return exit.signal ? `ended by ${exit.signal}` : `exit status ${exit.exit_code}`
}

export function delivered({ trial }: Run): boolean {
  return trial.exit.exit_code === 0 && !trial.overtime
}

export function allRuns(runs: Runs): Run[] {
  return Object.values(runs).filter((run) => run !== null)
}
