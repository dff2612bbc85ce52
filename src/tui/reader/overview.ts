import type { ErrorGroup } from '../../domain/error-group.ts'
import type { BatchView, EngineState, RunningTask, SiteView } from '../../domain/query.ts'
import { ended, total } from '../bar.ts'
import { count, fullTaskName, moment, plural, withMoments } from '../format.ts'
import type { Shown } from '../live.ts'
import { needsOf } from '../screens/dashboard/attention.ts'
import { quietFor } from '../screens/dashboard/running.ts'
import { sentence, spokenDuration } from './words.ts'

/** The dashboard from top to bottom, a sentence a line. */
export function overviewSentences(shown: Shown): string[] {
  const { batch, sites, running, error_groups } = shown.overview
  const needs = needsOf(shown.overview)
  const needed =
    needs.length === 0
      ? ['Nothing needs you.']
      : needs.map(({ message, answer }) =>
          sentence(`needs you: ${withMoments(message, shown.now)}${answer === null ? '' : `; ${answer}`}`),
        )
  if (!batch) return ['No batch yet: b starts one.', ...needed]
  return [
    batchSentence(batch, shown.overview.engine.state),
    ...countSentences(batch),
    ...etaSentences(batch, shown),
    ...needed,
    ...sites.map((site) => siteSentence(site, shown.now)),
    ...(running.length === 0 ? ['No task runs.'] : running.map((task) => runningSentence(task, shown.now))),
    ...error_groups.map(failureSentence),
  ]
}

/** `Batch Sep25_01 is running, 12 of 28 tasks done, 42 percent.` */
export function batchSentence({ batch_id, status, counts }: BatchView, engine: EngineState): string {
  const [done, all] = [ended(counts), total(counts)]
  const percent = all === 0 ? 0 : Math.floor((100 * done) / all)
  const state = status === 'running' && engine !== 'idle' ? engine : status
  return `Batch ${batch_id} is ${state}, ${count(done)} of ${plural(all, 'task')} done, ${percent} percent.`
}

function countSentences({ counts, recovered, rows, previous }: BatchView): string[] {
  const { completed, permanently_failed, failed, running, pending, retrying, skipped, cancelled } = counts
  const parts = [
    `${count(completed)} completed`,
    `${count(permanently_failed + failed)} failed`,
    ...(recovered > 0 ? [`${count(recovered)} recovered after a failure`] : []),
    `${count(running)} running`,
    `${count(pending)} waiting`,
    ...(retrying > 0 ? [`${count(retrying)} to be retried`] : []),
    ...(skipped > 0 ? [`${count(skipped)} skipped`] : []),
    ...(cancelled > 0 ? [`${count(cancelled)} cancelled`] : []),
  ]
  const before =
    previous && previous.rows > 0
      ? `, ${Math.floor((100 * rows) / previous.rows)} percent of ${previous.batch_id}`
      : ''
  return [sentence(parts.join(', ')), sentence(`${count(rows)} rows so far${before}`)]
}

function etaSentences(
  { status, eta_s, eta_spread_s, elapsed_s }: BatchView,
  { now, age_s }: Shown,
): string[] {
  if (status !== 'running') return [`It took ${spokenDuration(elapsed_s)}.`]
  if (eta_s === null) return ['When it will be done is not known yet.']
  const left = Math.max(0, eta_s - age_s)
  const sure = eta_spread_s === null ? '' : `, give or take ${spokenDuration(eta_spread_s)}`
  const at = moment(new Date(now.getTime() + left * 1000), now)
  return [`It will be done at ${at}, in ${spokenDuration(left)}${sure}.`]
}

export function siteSentence({ site, name, state, counts, rows, note }: SiteView, now: Date): string {
  const failed = counts.permanently_failed + counts.failed
  const known = name === site ? site : `${site}, ${name}`
  const failures = failed === 0 ? '' : `, ${count(failed)} failed`
  const why = note === null ? '' : `, ${withMoments(note, now)}`
  return sentence(
    `site ${known}: ${state}${why}, ${count(ended(counts))} of ${count(total(counts))} done${failures}, ${count(rows)} rows`,
  )
}

export function runningSentence(task: RunningTask, now: Date): string {
  const again = task.attempt === 1 ? '' : `, attempt ${task.attempt}`
  const doing = task.cancelling ? ', is being stopped' : progressWords(task)
  const quiet = quietFor(task, now) === null ? '' : ', has gone quiet'
  return sentence(`running: ${fullTaskName(task)}${again}${doing}${quiet}`)
}

function progressWords({ progress: { page, pages, items, expected, message } }: RunningTask): string {
  return [
    page === null ? '' : `, page ${count(page)}${pages === null ? '' : ` of ${count(pages)}`}`,
    items === null ? '' : `, ${count(items)}${expected === null ? '' : ` of ${count(expected)}`} rows`,
    message === null ? '' : `, says: ${message}`,
  ].join('')
}

export function failureSentence({ lost, recovered, error_class, sites, message }: ErrorGroup): string {
  const fates = `${plural(lost, 'task')} lost, ${count(recovered)} recovered`
  return sentence(`failed: ${fates}, at ${sites.join(', ')}, ${error_class}: ${message}`)
}
