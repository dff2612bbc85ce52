import type { TaskFilter } from '../../../domain/filter.ts'
import type { SiteView, StatusCounts } from '../../../domain/query.ts'
import { allowedFrom, FAILED, type TaskStatus } from '../../../domain/task.ts'
import { DRAIN, PAUSE_ALL, RESUME, START } from '../../acts/bindings.ts'
import { turnSite } from '../../acts/sites.ts'
import { askToAcceptMany, askToCancel, askToRetry, retry, type Choice } from '../../acts/tasks.ts'
import { fullTaskName, plural } from '../../format.ts'
import type { Binding } from '../../keymap.ts'
import type { State } from '../../state.ts'
import { target, targetSite } from './target.ts'

const CANCELLED = ['cancelled'] as const

export const ACTION_BINDINGS: readonly Binding[] = [
  RESUME,
  START,
  {
    keys: ['r'],
    label: 'retry',
    does: 'retry what failed (else: was cancelled) in the row',
    acts: true,
    unavailable: (state) => (retryChoice(state) ? null : 'nothing to retry in this row'),
    run(session) {
      const choice = retryChoice(session.state)
      return choice && retry(session, choice)
    },
  },
  {
    keys: ['c'],
    label: 'cancel',
    does: 'cancel the task, or what is left of the site; asks first',
    acts: true,
    unavailable: (state) => (cancelChoice(state) ? null : 'nothing to cancel in this row'),
    run(session) {
      const choice = cancelChoice(session.state)
      if (choice) askToCancel(session, choice)
    },
  },
  {
    keys: ['p'],
    label: 'pause',
    does: 'start nothing more at the site, or go on there',
    acts: true,
    unavailable: (state) => (targetSite(state) ? null : 'no site in this row'),
    run(session) {
      const site = targetSite(session.state)
      return site && turnSite(session, site.site)
    },
  },
  {
    keys: ['R'],
    label: 'retry all',
    does: 'retry everything that failed in the batch; asks first',
    acts: true,
    unavailable: (state) => (retryAllChoice(state) ? null : 'nothing failed in this batch'),
    run(session) {
      const choice = retryAllChoice(session.state)
      if (choice) askToRetry(session, choice)
    },
  },
  {
    keys: ['A'],
    label: 'accept',
    does: 'accept every suspect output of the batch; shows what they have in common and asks first',
    acts: true,
    unavailable: ({ shown }) =>
      (shown?.overview.batch?.outputs.suspect ?? 0) > 0 ? null : 'no output of this batch is suspect',
    run(session) {
      const batch = session.state.shown?.overview.batch
      if (!batch) return
      return askToAcceptMany(session, { filter: { batch: batch.batch_id }, name: batch.batch_id })
    },
  },
  PAUSE_ALL,
  DRAIN,
]

function retryChoice(state: State): Choice | undefined {
  const row = target(state)
  if (row.kind === 'site')
    return siteChoice(state, row.site, FAILED) ?? siteChoice(state, row.site, CANCELLED)
  const batch = state.shown?.overview.batch?.batch_id
  if (row.kind !== 'failure' || batch === undefined || row.group.lost === 0) return undefined
  return { filter: { batch, error: row.group.key, status: FAILED }, name: plural(row.group.lost, 'task') }
}

function retryAllChoice({ shown }: State): Choice | undefined {
  const batch = shown?.overview.batch
  if (!batch) return undefined
  return chosen({ batch: batch.batch_id, status: FAILED }, batch.counts, `of ${batch.batch_id}`)
}

function cancelChoice(state: State): Choice | undefined {
  const row = target(state)
  if (row.kind === 'site') return siteChoice(state, row.site, allowedFrom('cancel'))
  if (row.kind !== 'running' || row.task.cancelling) return undefined
  return { filter: { ids: [row.task.task_id] }, name: fullTaskName(row.task) }
}

function siteChoice({ shown }: State, { site, counts }: SiteView, status: readonly TaskStatus[]) {
  const batch = shown?.overview.batch?.batch_id
  return batch === undefined ? undefined : chosen({ batch, site, status }, counts, `of ${site}`)
}

function chosen(filter: TaskFilter & { status: readonly TaskStatus[] }, counts: StatusCounts, name: string) {
  const tasks = filter.status.reduce((sum, status) => sum + counts[status], 0)
  return tasks === 0 ? undefined : { filter, name: `${plural(tasks, 'task')} ${name}` }
}
