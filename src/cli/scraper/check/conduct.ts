import { allRuns, endOf, moot, unless, type Judgement, type Runs, type Terms } from './clause.ts'
import type { Rule } from './clauses.ts'
import type { Asked } from './page-server.ts'
import type { Run } from './run.ts'

const STOPPED = [130, 143]
const SIGNALS = ['SIGTERM', 'SIGINT']
/** Of the pause asked for, what a clock's and the network's grain may take. */
const NEARLY = 0.9

/** How a scraper behaves: scraper-contract.md, In and Stopping. */
export const conductClauses: readonly Rule[] = [
  ['ends within its grace after SIGTERM', 'must', stops],
  ['… with exit status 130 or 143, or by that signal', 'should', endsAsStopped],
  ['leaves no process behind', 'must', leavesNothing],
  ['writes nothing beside its output', 'must', writesNothingElse],
  [
    'files for reading only stay as they are',
    'must',
    (_, { untouched }) => unless(untouched ? undefined : 'one was changed'),
  ],
  ['detail: reads SCRAPER_URL_LIST_FILE', 'must', readsList],
  ['takes SCRAPER_INPUT_URL', 'should', readsUrl],
  ['names itself as SCRAPER_USER_AGENT says', 'should', namesItself],
  ['asks for no more than SCRAPER_MAX_PAGES', 'should', heedsMaxPages],
  ['waits SCRAPER_RATE_LIMIT between two pages', 'should', heedsRateLimit],
]

function stops({ whole, stopped }: Runs, { grace }: Terms): Judgement {
  if (!stopped || !inTheMiddle(stopped, whole)) return moot('it had ended before it could be asked')
  return unless(stopped.trial.killed ? `not within ${grace} s; it was killed` : undefined)
}

function endsAsStopped({ whole, stopped }: Runs): Judgement {
  if (!stopped || !inTheMiddle(stopped, whole) || stopped.trial.killed) return moot('it was not stopped')
  const { exit_code, signal } = stopped.trial.exit
  const right = STOPPED.includes(exit_code ?? -1) || SIGNALS.includes(signal ?? '')
  return unless(right ? undefined : endOf(stopped), endOf(stopped))
}

/** What ends as it does unasked may have been on its way out already. */
function inTheMiddle(stopped: Run, whole: Run): boolean {
  if (stopped.trial.stopping === null) return false
  return stopped.hung || whole.trial.overtime || endOf(stopped) !== endOf(whole)
}

function leavesNothing(runs: Runs): Judgement {
  // What was asked to stop may use its grace to the end.
  const unasked = allRuns(runs).filter((run) => run !== runs.stopped)
  const left = Math.max(...unasked.map(({ trial }) => trial.left))
  return unless(left > 0 ? `${left} were there when its first process had ended` : undefined)
}

function writesNothingElse(runs: Runs): Judgement {
  const strays = [...new Set(allRuns(runs).flatMap((run) => run.strays))]
  return unless(strays.length > 0 ? strays.join(', ') : undefined, 'in the workspace and its own folder')
}

function readsList({ whole }: Runs, { mode }: Terms): Judgement {
  if (mode !== 'detail') return moot('it is not checked as a detail scraper; --detail does')
  return ofPages(whole.asked, (asked) =>
    asked.length > 0 ? undefined : 'no listing of the list was asked for',
  )
}

function readsUrl({ whole }: Runs, { mode }: Terms): Judgement {
  if (mode === 'detail') return moot('a detail scraper has the list')
  return ofPages(whole.asked, () => undefined)
}

function namesItself({ whole }: Runs, { user_agent }: Terms): Judgement {
  return ofPages(whole.asked, (asked) => {
    const other = asked.find((each) => each.user_agent !== user_agent)
    return other && `it says "${other.user_agent}"`
  })
}

function heedsMaxPages({ whole }: Runs, { max_pages, mode }: Terms): Judgement {
  if (mode === 'detail') return moot('a detail scraper has the list')
  return ofPages(whole.asked, (asked) => {
    const pages = new Set(asked.map(({ path }) => path).filter((path) => !path.startsWith('/anuncio/'))).size
    return pages > max_pages ? `${pages} pages, with ${max_pages} allowed` : undefined
  })
}

function heedsRateLimit({ whole }: Runs, { rate_limit }: Terms): Judgement {
  if ((whole.asked?.length ?? 0) < 2) return moot('it asks for less than two of our pages')
  return ofPages(whole.asked, (asked) => {
    const gaps = asked.slice(1).map(({ at }, index) => (at - asked[index]!.at) / 1000)
    const least = Math.min(...gaps)
    return least < rate_limit * NEARLY ? `${least.toFixed(2)} s, with ${rate_limit} s asked for` : undefined
  })
}

function ofPages(
  asked: readonly Asked[] | null,
  complaint: (asked: readonly Asked[]) => string | undefined,
): Judgement {
  if (asked === null) return moot('the pages are not ours')
  if (asked.length === 0) return moot('it asks for none of our pages')
  return unless(complaint(asked))
}
