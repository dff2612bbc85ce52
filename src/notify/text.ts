import type { Notice, NoticeTask, Recovered } from '../domain/notice.ts'
import { safe } from '../domain/safe.ts'
import { cut } from './cut.ts'
import { digestLines } from './digest-text.ts'
import { many, name } from './words.ts'

/** Characters of a title, and of a text: what any channel takes. */
const TITLE = 150
const TEXT = 12_000

/** One line that says it all, without anything a terminal or a mail header would act on. */
export function titleOf(notice: Notice): string {
  return cut(safe(`Zafra: ${title(notice)}`), TITLE)
}

/** What there is to say besides, in lines; may be empty. */
export function textOf(notice: Notice): string {
  return cut(lines(notice).map(safe).join('\n'), TEXT)
}

function title(notice: Notice): string {
  switch (notice.event) {
    case 'batch_started':
      return `batch ${notice.batch_id} started, ${many(notice.tasks, 'task')}`
    case 'batch_ended': {
      const { batch_id, status, counts, total_tasks, absent_sites } = notice.digest
      const failed = counts.permanently_failed + counts.failed
      const bad = [
        failed > 0 && `, ${failed} failed`,
        counts.skipped > 0 && `, ${counts.skipped} skipped`,
        absent_sites.length > 0 && `, ${many(absent_sites.length, 'site')} missing`,
      ]
      return `batch ${batch_id} ${status}: ${counts.completed} of ${many(total_tasks, 'task')}${bad.filter(Boolean).join('')}`
    }
    case 'task_failed':
      return `task ${notice.task.task_id} failed for good: ${name(notice.task)} (${notice.error_class})`
    case 'recovered':
      return recovered(notice.of)
    case 'alert':
      return notice.message
    case 'test':
      return 'a test: this channel works'
  }
}

function recovered(of: Recovered): string {
  switch (of.what) {
    case 'tasks':
      return `fine again in batch ${of.batch_id}: ${many(of.total, 'task')} that had failed for good`
    case 'site':
      return `site ${of.site} goes on (it was paused: ${of.reason})`
    case 'alert':
      return `over: ${of.message}`
  }
}

function lines(notice: Notice): string[] {
  switch (notice.event) {
    case 'batch_started':
      return notice.rejected > 0 ? [`${many(notice.rejected, 'row')} of the lists rejected: zafra plan`] : []
    case 'batch_ended':
      return digestLines(notice.digest)
    case 'task_failed':
      return [
        `${notice.error_class}: ${notice.message}`,
        `batch ${notice.batch_id}, ${many(notice.attempts, 'attempt')}: zafra logs ${notice.task.task_id}`,
      ]
    case 'recovered':
      return notice.of.what === 'tasks' ? taskLines(notice.of.tasks, notice.of.total) : []
    case 'alert':
    case 'test':
      return []
  }
}

function taskLines(tasks: readonly NoticeTask[], total: number): string[] {
  const more = total - tasks.length
  const named = tasks.map((task) => `  ${task.task_id}  ${name(task)}`)
  return more > 0 ? [...named, `  and ${more} more`] : named
}
