import type { Changed } from '../../domain/command.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { StatusCounts } from '../../domain/query.ts'
import { FAILED, type Task } from '../../domain/task.ts'
import { safeDeep } from '../../domain/safe.ts'
import { count, fullTaskName, plural } from '../format.ts'
import type { Session } from '../session.ts'
import { batchInView, type Lists, type Notice, type Question, type State } from '../state.ts'

/** Tasks that an act is about. */
export interface Choice {
  filter: TaskFilter
  /** As in `Cancel 3 tasks of Inm24?` */
  name: string
  /** What else is to be known before. */
  notes?: readonly string[]
  /** The list whose marks chose them: once the engine has done it, they have done their duty. */
  list?: keyof Lists | undefined
}

export function choiceOf(task: Task): Choice {
  return { filter: { ids: [task.id] }, name: fullTaskName(task) }
}

/** How many tasks are failed, a retry of which nothing but the operator brings about. */
export function failedIn(counts: StatusCounts): number {
  return FAILED.reduce((sum, status) => sum + counts[status], 0)
}

/** Why there is nothing to retry in the batch in view; null: there is, or that is not known. */
export function whyNoneFailed(state: State): string | null {
  const batch = state.shown?.overview.batch
  if (!batch || batch.batch_id !== batchInView(state)) return null
  return failedIn(batch.counts) === 0 ? 'no task of this batch is failed now' : null
}

export function retry(session: Session, choice: Choice): void {
  session.execute({ type: 'retry', filter: choice.filter }, done(session, choice, 'will run again'))
}

/** For more than what is under the cursor: names how many, and Enter is yes, as nothing is lost by it. */
export function askToRetry(session: Session, choice: Choice): void {
  session.set({
    dialog: {
      kind: 'question',
      title: 'Retry',
      text: questionText('Retry', choice, 'They go back into the queue and their attempts are counted anew.'),
      answers: [{ key: 'y', label: 'retry', run: (asked) => retry(asked, choice) }],
      enter: 'y',
      no: 'leave as it is',
    },
  })
}

export function askToCancel(session: Session, choice: Choice): void {
  session.set({
    dialog: {
      kind: 'question',
      title: 'Cancel',
      destroys: true,
      text: questionText(
        'Cancel',
        choice,
        'What runs is stopped now; a retry goes on where its scraper can.',
      ),
      answers: [{ key: 'y', label: 'cancel', run: (asked) => cancel(asked, choice) }],
      no: 'leave as it is',
    },
  })
}

/** Shows what the chosen suspect outputs have in common, and asks whether all of them are to be taken for good. */
export async function askToAcceptMany(session: Session, choice: Choice): Promise<void> {
  const asked = await session.ask({ type: 'suspects', filter: choice.filter })
  if (!asked) return
  const found = safeDeep(asked)
  if (found.outputs === 0) return session.notify('no output among these is suspect', 'warn')
  const findings = found.findings.map(
    ({ code, outputs, message }) => `  ${code}: ${count(outputs)}, as in: ${message}`,
  )
  const sites = found.sites.map(({ site, outputs }) => `${site} ${count(outputs)}`)
  const more = sites.length > MOST_SITES ? ', …' : ''
  askToAccept(session, {
    ...choice,
    name: plural(found.outputs, 'task'),
    notes: [
      ...(choice.notes ?? []),
      `${count(found.rows)} rows at ${sites.slice(0, MOST_SITES).join(', ')}${more}. The checks found:`,
      ...findings,
    ],
  })
}

const MOST_SITES = 8

/** Takes suspect outputs for good, which cannot be taken back. */
export function askToAccept(session: Session, choice: Choice): void {
  session.set({
    dialog: {
      kind: 'question',
      title: 'Accept',
      destroys: true,
      text: [
        `Accept the suspect output of ${choice.name}?`,
        ...(choice.notes ?? []),
        'It counts as good from then on, and detail tasks that wait for it run.',
      ],
      answers: [
        {
          key: 'y',
          label: 'accept',
          run: (asked) =>
            asked.execute({ type: 'accept', filter: choice.filter }, done(asked, choice, 'accepted')),
        },
      ],
      no: 'leave as it is',
    },
  })
}

function cancel(session: Session, choice: Choice): void {
  session.notify(`Stopping ${choice.name}`, 'warn')
  session.execute({ type: 'cancel', filter: choice.filter }, done(session, choice, 'cancelled'))
}

function questionText(what: string, { name, notes = [] }: Choice, then: string): Question['text'] {
  return [`${what} ${name}?`, ...notes, then]
}

/** What came of it. */
function done(session: Session, { list }: Choice, what: string): (result: Changed) => Notice {
  return ({ changed, refused }) => {
    if (list) session.lists[list].unmark()
    const [first] = refused
    const text = `${plural(changed, 'task')} ${what}`
    if (!first) return { text, style: 'good' }
    return { text: `${text}, ${refused.length} not: ${first.reason}`, style: 'warn' }
  }
}
