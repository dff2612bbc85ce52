import type { Changed } from '../../../domain/command.ts'
import type { TaskFilter } from '../../../domain/filter.ts'
import type { SiteView, StatusCounts } from '../../../domain/query.ts'
import { allowedFrom, type TaskStatus } from '../../../domain/task.ts'
import { plural, taskName } from '../../format.ts'
import type { Binding } from '../../keymap.ts'
import type { Session } from '../../session.ts'
import type { Notice, State } from '../../state.ts'
import { target, targetSite } from './target.ts'

/** Tasks that an action is about. */
interface Choice {
  filter: TaskFilter
  tasks: number
  /** As in `retry 3 tasks of Inm24`. */
  name: string
}

const FAILED = ['failed', 'permanently_failed'] as const
const CANCELLED = ['cancelled'] as const

export const ACTION_BINDINGS: readonly Binding[] = [
  {
    keys: ['r'],
    label: 'retry',
    does: 'retry the task, or what failed (else: was cancelled) at the site',
    unavailable: (state) => (retryChoice(state) ? null : 'nothing to retry in this row'),
    run: (session) => retry(session, retryChoice(session.state)),
  },
  {
    keys: ['R'],
    does: 'retry everything that failed in the batch',
    unavailable: (state) => (retryAllChoice(state) ? null : 'nothing failed in this batch'),
    run: (session) => retry(session, retryAllChoice(session.state)),
  },
  {
    keys: ['c'],
    label: 'cancel',
    does: 'cancel the task, or what is left of the site; asks first',
    unavailable: (state) => (cancelChoice(state) ? null : 'nothing to cancel in this row'),
    run: (session) => askToCancel(session, cancelChoice(session.state)),
  },
  {
    keys: ['p'],
    label: 'pause',
    does: 'start nothing more at the site, or go on there',
    unavailable: (state) => (targetSite(state) ? null : 'no site in this row'),
    run: pauseSite,
  },
  { keys: ['P'], does: 'start nothing more at any site, or go on', run: pauseAll },
  {
    keys: ['u'],
    label: 'resume',
    does: 'go on with a batch that left tasks behind',
    unavailable: (state) => (resumable(state) ? null : 'no batch waits to be resumed'),
    run: resume,
  },
]

function retryChoice(state: State): Choice | undefined {
  const row = target(state)
  if (row.kind === 'error') return taskChoice(row.error, row.error.task_status, allowedFrom('retry'))
  if (row.kind !== 'site') return undefined
  return siteChoice(state, row.site, FAILED) ?? siteChoice(state, row.site, CANCELLED)
}

function retryAllChoice({ shown }: State): Choice | undefined {
  const batch = shown?.overview.batch
  if (!batch) return undefined
  return chosen({ batch: batch.batch_id, status: FAILED }, batch.counts, `of ${batch.batch_id}`)
}

function cancelChoice(state: State): Choice | undefined {
  const row = target(state)
  const allowed = allowedFrom('cancel')
  if (row.kind === 'running')
    return row.task.cancelling ? undefined : taskChoice(row.task, 'running', allowed)
  if (row.kind === 'error') return taskChoice(row.error, row.error.task_status, allowed)
  return row.kind === 'site' ? siteChoice(state, row.site, allowed) : undefined
}

function taskChoice(
  task: Parameters<typeof taskName>[0] & { task_id: number; website: string },
  status: TaskStatus,
  allowed: readonly TaskStatus[],
): Choice | undefined {
  if (!allowed.includes(status)) return undefined
  return { filter: { ids: [task.task_id] }, tasks: 1, name: `${task.website} ${taskName(task)}` }
}

function siteChoice({ shown }: State, { site, counts }: SiteView, status: readonly TaskStatus[]) {
  const batch = shown?.overview.batch?.batch_id
  return batch === undefined ? undefined : chosen({ batch, site, status }, counts, `of ${site}`)
}

function chosen(filter: TaskFilter & { status: readonly TaskStatus[] }, counts: StatusCounts, name: string) {
  const tasks = filter.status.reduce((sum, status) => sum + counts[status], 0)
  return tasks === 0 ? undefined : { filter, tasks, name: `${plural(tasks, 'task')} ${name}` }
}

async function retry(session: Session, choice: Choice | undefined): Promise<void> {
  if (!choice) return
  await session.execute({ type: 'retry', filter: choice.filter }, changedNotice('will run again'))
}

function askToCancel(session: Session, choice: Choice | undefined): void {
  if (!choice) return
  const cancel = async (asked: Session) => {
    asked.notify(`Stopping ${choice.name}`, 'warn')
    await asked.execute({ type: 'cancel', filter: choice.filter }, changedNotice('cancelled'))
  }
  session.set({
    dialog: {
      kind: 'question',
      title: 'Cancel',
      text: [`Cancel ${choice.name}?`, 'What runs is stopped now; a retry goes on where its scraper can.'],
      answers: [{ key: 'y', label: 'cancel', run: cancel }],
      no: 'leave as it is',
    },
  })
}

async function pauseSite(session: Session): Promise<void> {
  const site = targetSite(session.state)
  if (!site) return
  const paused = site.state === 'paused'
  await session.execute({ type: paused ? 'unpause' : 'pause', site: site.site }, () => ({
    text: paused ? `${site.site} goes on` : `${site.site} is paused: nothing more starts there`,
    style: paused ? 'good' : 'warn',
  }))
}

async function pauseAll(session: Session): Promise<void> {
  const paused = session.state.shown?.overview.engine.state === 'paused'
  await session.execute({ type: paused ? 'unpause' : 'pause' }, () => ({
    text: paused ? 'Work goes on' : 'Everything is paused: nothing more starts',
    style: paused ? 'good' : 'warn',
  }))
}

function resumable({ shown }: State): boolean {
  if (!shown?.overview.batch) return false
  const { engine, batch } = shown.overview
  if (batch.status === 'running') return ['interrupted', 'draining'].includes(engine.state)
  return batch.status === 'cancelled' || batch.counts.pending + batch.counts.retrying > 0
}

async function resume(session: Session): Promise<void> {
  const batch_id = session.state.shown?.overview.batch?.batch_id
  if (batch_id === undefined) return
  session.set({ leaving: false })
  await session.execute({ type: 'resume_batch', batch_id }, ({ tasks }) => ({
    text: `${batch_id} goes on: ${plural(tasks, 'task')} to do`,
    style: 'good',
  }))
}

function changedNotice(what: string): (result: Changed) => Notice {
  return ({ changed, refused }) => {
    const [first] = refused
    if (!first) return { text: `${plural(changed, 'task')} ${what}`, style: 'good' }
    return {
      text: `${plural(changed, 'task')} ${what}, ${refused.length} not: ${first.reason}`,
      style: 'warn',
    }
  }
}
