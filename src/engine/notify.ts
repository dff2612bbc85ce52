import { randomUUID } from 'node:crypto'
import { sqlTime, sqlTimeMs } from '../domain/clock.ts'
import { retryCanMend } from '../domain/error-class.ts'
import type { Notice, NoticeTask } from '../domain/notice.ts'
import type { Change } from '../domain/store.ts'
import type { Task, TaskPatch } from '../domain/task.ts'
import type { Core } from './core.ts'
import { ALL } from './site-pause.ts'

type Told = Notice extends infer N ? (N extends Notice ? Omit<N, 'at'> : never) : never

/** Puts a notice into the outbox for every channel that wants it: to be written in the commit of its cause. */
export function tell({ config, clock }: Pick<Core, 'config' | 'clock'>, told: Told): Change[] {
  const now = clock.now()
  const notice: Notice = { at: sqlTime(now), ...told }
  return Object.entries(config.notify.channels)
    .filter(([, { on }]) => on.some((event) => event === notice.event))
    .map(([channel]) => ({
      type: 'notice_queued',
      delivery: { id: randomUUID(), channel, notice, created_at: sqlTimeMs(now) },
    }))
}

/** Whether any channel wants to be told of `event`: nothing is looked up for nobody. */
export function isWanted({ config }: Pick<Core, 'config'>, event: Told['event']): boolean {
  return Object.values(config.notify.channels).some(({ on }) => on.some((each) => each === event))
}

/** What the end of an attempt is to tell: that its task failed for good, or that one which had is fine again. */
export async function tellOfEnd(core: Core, task: Task, set: TaskPatch): Promise<Change[]> {
  const { execution_batch: batch_id, attempts } = task
  if (set.status === 'permanently_failed') {
    const { error_class, error_message } = set
    return tell(core, {
      event: 'task_failed',
      batch_id,
      task: noticeTask(task),
      attempts,
      error_class: error_class ?? 'internal',
      message: cutMessage(error_message ?? ''),
    })
  }
  if (set.status !== 'completed' || !(await hadFailedForGood(core, task))) return []
  return tell(core, {
    event: 'recovered',
    of: { what: 'tasks', batch_id, total: 1, tasks: [noticeTask(task)] },
  })
}

/** That an output of a site is suspect: once per batch and site, whatever number of them follow. */
export async function tellOfDoubt(core: Core, task: Task, set: TaskPatch): Promise<Change[]> {
  if (set.output_check !== 'suspect' || !isWanted(core, 'alert')) return []
  const { execution_batch: batch, website, id } = task
  const sites = await core.store.siteCounts(batch)
  const before = sites.find((site) => site.website === website)?.outputs
  if (before && before.suspect + before.accepted > 0) return []
  const next = `zafra check ${batch} names all, zafra accept --batch ${batch} --site ${website} takes them`
  const message = `site ${website} of ${batch}: an output is suspect (task ${id}); ${next}`
  return tell(core, { event: 'alert', code: 'suspect', message })
}

/** What changes of pauses and waits, made by attempts and not by the operator, are to tell. */
export function tellOfPauses(core: Core, changes: readonly Change[]): Change[] {
  return changes.flatMap((change) => {
    if (change.type === 'pause') {
      const { scope, reason, until } = change.pause
      const message = `site ${scope} is paused until ${until} UTC: ${reason}`
      return tell(core, { event: 'alert', code: 'paused', message })
    }
    if (change.type === 'wait') {
      const { site, since, until, reason } = change.wait
      // One that only grows was told of when it began.
      if (core.live.waits.get(site)?.since === since) return []
      return tell(core, {
        event: 'alert',
        code: 'paused',
        message: `site ${site} waits until ${until} UTC: ${reason}`,
      })
    }
    if (change.type === 'wait_over') {
      const reason = core.live.waits.get(change.site)?.reason ?? ''
      return tell(core, { event: 'recovered', of: { what: 'site', site: change.site, reason } })
    }
    if (change.type !== 'unpause' || change.scope === ALL) return []
    const reason = core.live.pauses.get(change.scope)?.reason ?? ''
    return tell(core, { event: 'recovered', of: { what: 'site', site: change.scope, reason } })
  })
}

/** Before the retry by which the operator began its count of attempts anew. */
async function hadFailedForGood(core: Core, task: Task): Promise<boolean> {
  // A retry keeps the message of the last failure until the task completes.
  if (task.error_message === null || !isWanted(core, 'recovered')) return false
  const counted = (await core.store.attempts(task.id)).filter(({ outcome }) => outcome !== 'interrupted')
  const before = counted.slice(0, -task.attempts)
  const last = before.at(-1)
  if (last?.outcome !== 'failed') return false
  return before.length >= task.max_attempts || !retryCanMend(last.error_class ?? 'internal')
}

function noticeTask(task: Task): NoticeTask {
  const { id: task_id, scraper_name, website, city, operation, product } = task
  return { task_id, scraper_name, website, city, operation, product }
}

/** Characters of a scraper's message in a notice. */
const LONGEST_MESSAGE = 300

export function cutMessage(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE - 1)}…`
}
