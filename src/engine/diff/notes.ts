import type { DiffSide } from '../../domain/diff.ts'
import type { TaskStatus } from '../../domain/task.ts'

const BATCHES = ['earlier', 'later'] as const

const STATUS: Readonly<Record<Exclude<TaskStatus, 'completed'>, string>> = {
  pending: 'not run yet',
  running: 'runs still',
  retrying: 'runs again',
  failed: 'failed',
  permanently_failed: 'failed',
  skipped: 'skipped',
  cancelled: 'cancelled',
}

/** Why two batches cannot be compared in a combination. */
export function missingNote(sides: readonly [DiffSide | null, DiffSide | null]): string {
  return told(sides, (side) => {
    if (side === null) return 'not in its lists'
    return side.status === 'completed' ? null : STATUS[side.status]
  })
}

/** Which of the batches were not asked for it. */
export function notRequestedNote(asked: readonly [boolean, boolean]): string {
  return told(asked, (each) => (each ? null : 'not requested'))
}

/** Why nobody can know what is gone, or which listings are new; null: both sweeps were full. */
export function doubtNote(sides: readonly [DiffSide, DiffSide]): string | null {
  return told(sides, doubtOf) || null
}

function doubtOf({ complete, check, stopped_by, cap }: DiffSide): string | null {
  if (check === 'suspect') return 'its output is suspect'
  if (complete) return null
  switch (stopped_by) {
    case 'max_pages':
      return 'stopped at the limit of pages'
    case 'robots':
      return 'stopped by robots.txt'
    case 'cap':
      return `the portal shows ${cap === null ? 'not all' : `only ${cap}`} of this list`
    default:
      return 'its output is not complete'
  }
}

function told<Side>(sides: readonly [Side, Side], say: (side: Side) => string | null): string {
  const each = sides.map((side, at) => {
    const what = say(side)
    return what === null ? [] : [`${BATCHES[at] ?? ''} batch: ${what}`]
  })
  return each.flat().join('; ')
}
