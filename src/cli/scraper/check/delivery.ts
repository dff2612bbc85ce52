import {
  delivered,
  endOf,
  fail,
  moot,
  pass,
  unless,
  type Judgement,
  type Runs,
  type Terms,
} from './clause.ts'
import { lastWords } from '../last-words.ts'
import type { Rule } from './clauses.ts'
import type { OutputFile } from './output-file.ts'
import type { Run } from './run.ts'

const NOTHING = 'it delivered nothing'

/** What comes of a run: scraper-contract.md, Output and Exit status. */
export const deliveryClauses: readonly Rule[] = [
  ['ends by itself', 'must', ends],
  ['exit status 0 when it delivered', 'must', delivers],
  ['writes to SCRAPER_OUTPUT_FILE', 'must', writes],
  ['the output begins with a header and is whole', 'must', isCsv],
  ['no success without rows, unless result says complete', 'must', noEmptySuccess],
  ['result says the rows that are there', 'must', saysRows],
  ['goes on after a checkpoint: no row lost, none twice', 'must', resumes],
  ['a portal that fails (HTTP 500) is no success', 'must', failsWithPortal],
  ['… and a passing failure is exit status 75', 'should', (runs) => named(runs.failing, 75)],
  ['a wall (HTTP 403) is exit status 77', 'should', (runs) => named(runs.walled, 77)],
]

function ends({ whole }: Runs, { limit }: Terms): Judgement {
  return unless(whole.trial.overtime ? `it did not end within ${limit} s` : undefined)
}

function delivers({ whole }: Runs): Judgement {
  if (delivered(whole)) return pass()
  const why = lastWords(whole.trial)
  return fail(`${endOf(whole)}${why === undefined ? '' : `, ${why}`}; --url URL names pages that it can read`)
}

function writes({ whole }: Runs): Judgement {
  if (!delivered(whole)) return moot(NOTHING)
  return unless(whole.output ? undefined : 'there is no regular file')
}

function isCsv({ whole }: Runs): Judgement {
  return ofOutput(whole, ({ header, rows, torn }) => {
    if (header === null) return fail('it has no header')
    return torn ? fail('it ends inside a quoted field') : pass(`${header.length} columns, ${rows} rows`)
  })
}

function noEmptySuccess({ whole, empty }: Runs): Judgement {
  const wrong = [whole, empty].filter((run) => run !== null && isEmptySuccess(run))
  if (wrong.length > 0)
    return fail('a header, no rows, exit status 0 and no result: the engine takes that for layout_changed')
  return empty ? pass() : moot('no portal of ours that could be empty')
}

function isEmptySuccess(run: Run): boolean {
  const result = resultOf(run)
  return delivered(run) && run.output?.rows === 0 && result?.complete !== true
}

function saysRows({ whole }: Runs): Judgement {
  const result = resultOf(whole)
  if (!result) return moot('it sends no result')
  return ofOutput(whole, ({ rows }) =>
    unless(result.rows === rows ? undefined : `it says ${result.rows}, there are ${rows}`),
  )
}

function resumes({ whole, resumed }: Runs): Judgement {
  if (!resumed) return moot('it sends no checkpoint')
  if (!delivered(resumed)) return fail(`its second attempt: ${endOf(resumed)}`)
  const [before, after] = [whole.output?.rows ?? 0, resumed.output?.rows ?? 0]
  const twice = (resumed.output?.repeated ?? 0) - (whole.output?.repeated ?? 0)
  if (twice > 0) return fail(`${twice} rows stand there twice`)
  return unless(before === after ? undefined : `${after} rows, without a break ${before}`)
}

function failsWithPortal({ failing }: Runs): Judgement {
  if (!failing) return moot('no portal of ours that could fail')
  if (failing.asked?.length === 0) return moot('it asks for none of our pages')
  return unless(delivered(failing) ? 'exit status 0' : undefined, endOf(failing))
}

function named(run: Run | null, status: number): Judgement {
  if (!run || run.asked?.length === 0) return moot('it asks for none of our pages')
  return unless(run.trial.exit.exit_code === status ? undefined : endOf(run))
}

function ofOutput(run: Run, judge: (output: OutputFile) => Judgement): Judgement {
  return delivered(run) && run.output ? judge(run.output) : moot(NOTHING)
}

function resultOf({ trial }: Run) {
  const message = trial.lines.findLast((line) => line.message?.type === 'result')?.message
  return message?.type === 'result' ? message : undefined
}
