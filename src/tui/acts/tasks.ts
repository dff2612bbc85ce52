import type { Changed } from '../../domain/command.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Task } from '../../domain/task.ts'
import { plural, taskName } from '../format.ts'
import type { Session } from '../session.ts'
import type { Notice } from '../state.ts'

/** Tasks that an act is about. */
export interface Choice {
  filter: TaskFilter
  /** As in `Cancel 3 tasks of Inm24?` */
  name: string
}

/** What `retry` is asked for where it is all that failed. */
export const FAILED = ['failed', 'permanently_failed'] as const

export function choiceOf(task: Task): Choice {
  return { filter: { ids: [task.id] }, name: nameOf(task) }
}

/** A task as a person names it, with its site. */
export function nameOf(task: Task): string {
  return `${task.website} ${taskName(task)}`
}

export function retry(session: Session, { filter }: Choice): void {
  session.execute({ type: 'retry', filter }, changedNotice('will run again'))
}

/** For more than what is under the cursor: names how many, and Enter is yes, as nothing is lost by it. */
export function askToRetry(session: Session, choice: Choice): void {
  session.set({
    dialog: {
      kind: 'question',
      title: 'Retry',
      text: [`Retry ${choice.name}?`, 'They go back into the queue and their attempts are counted anew.'],
      answers: [{ key: 'y', label: 'retry', run: (asked) => retry(asked, choice) }],
      enter: 'y',
      no: 'leave as it is',
    },
  })
}

export function askToCancel(session: Session, { filter, name }: Choice): void {
  const cancel = (asked: Session) => {
    asked.notify(`Stopping ${name}`, 'warn')
    asked.execute({ type: 'cancel', filter }, changedNotice('cancelled'))
  }
  session.set({
    dialog: {
      kind: 'question',
      title: 'Cancel',
      destroys: true,
      text: [`Cancel ${name}?`, 'What runs is stopped now; a retry goes on where its scraper can.'],
      answers: [{ key: 'y', label: 'cancel', run: cancel }],
      no: 'leave as it is',
    },
  })
}

/** Takes suspect outputs for good, which cannot be taken back. */
export function askToAccept(session: Session, { filter, name }: Choice): void {
  session.set({
    dialog: {
      kind: 'question',
      title: 'Accept',
      destroys: true,
      text: [
        `Accept the suspect output of ${name}?`,
        'It counts as good from then on, and detail tasks that wait for it run.',
      ],
      answers: [
        {
          key: 'y',
          label: 'accept',
          run: (asked) => asked.execute({ type: 'accept', filter }, changedNotice('accepted')),
        },
      ],
      no: 'leave as it is',
    },
  })
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
