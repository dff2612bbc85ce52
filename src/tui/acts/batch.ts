import { absentText } from '../../domain/plan.ts'
import type { PlanView } from '../../domain/query.ts'
import { safeDeep } from '../../domain/safe.ts'
import { count, minutesText, plural } from '../format.ts'
import type { Session } from '../session.ts'
import type { State } from '../state.ts'
import { fit } from '../text.ts'

/** Sites and problems that the plan names; the rest is counted. */
const NAMED_SITES = 8
const NAMED_PROBLEMS = 3

/** Why no batch can be started; null: one can. */
export function whyNoStart({ shown, batch: looked }: Pick<State, 'shown' | 'batch'>): string | null {
  if (!shown) return 'the engine has not answered yet'
  if (looked !== null) return 'this is history: Esc goes back to the latest batch'
  const { batch } = shown.overview
  return batch?.status === 'running' ? `${batch.batch_id} is not finished` : null
}

/** Shows what a batch of the lists would hold, and starts it when told to. */
export async function askToStart(session: Session): Promise<void> {
  session.notify('Reading the lists', 'good')
  const plan = await session.ask({ type: 'plan', filter: {} })
  if (!plan) return
  const shown = safeDeep(plan, session.surroundings.readable)
  if (shown.tasks === 0) return session.notify('the lists hold no task; zafra plan says why', 'warn')
  session.set({
    notice: null,
    dialog: {
      kind: 'question',
      title: `Start ${shown.batch_id}`,
      text: planText(shown),
      answers: [{ key: 'y', label: 'start', run: start }],
      enter: 'y',
      no: 'start nothing',
    },
  })
}

function planText({ tasks, sites, absent_sites, ...plan }: PlanView) {
  const { duplicates, rejected, estimated_duration_minutes, problems } = plan
  const minutes = minutesText(estimated_duration_minutes)
  const named = sites.slice(0, NAMED_SITES)
  const more = sites.length - named.length
  const found = problems.slice(0, NAMED_PROBLEMS)
  return [
    `${plural(tasks, 'task')} at ${plural(sites.length, 'site')}, about ${minutes}`,
    '',
    ...named.map((each) => `${fit(each.site, 8)}${fit(each.name, 20)}${count(each.tasks).padStart(7)}`),
    ...(more > 0 ? [`and ${plural(more, 'site')} more`] : []),
    ...absent_sites.map((absent) => `! ${absentText(absent)}`),
    '',
    `${plural(duplicates, 'duplicate')}, ${count(rejected)} rejected`,
    ...found.map(({ file, line, message }) => `${file}:${line} ${message}`),
    ...(problems.length > found.length ? ['zafra plan names them all'] : []),
  ]
}

/** Names how many tasks it stops; nothing is cancelled unless told. */
export function askToCancelBatch(session: Session, batch_id: string, left: number): void {
  const cancel = (asked: Session) => {
    asked.notify(`Stopping ${batch_id}`, 'warn')
    asked.execute({ type: 'cancel_batch', batch_id }, ({ changed }) => ({
      text: `${batch_id} is cancelled: ${plural(changed, 'task')} stopped`,
      style: 'good',
    }))
  }
  session.set({
    dialog: {
      kind: 'question',
      title: 'Cancel a batch',
      destroys: true,
      text: [
        `Cancel ${batch_id} with the ${plural(left, 'task')} that ${left === 1 ? 'is' : 'are'} left?`,
        'What runs is stopped now; what is there stays, and `u` goes on with the rest.',
      ],
      answers: [{ key: 'y', label: 'cancel the batch', run: cancel }],
      no: 'leave as it is',
    },
  })
}

function start(session: Session): void {
  session.execute({ type: 'start_batch', filter: {} }, ({ batch_id, tasks, rejected }) => {
    void session.viewBatch(null)
    return {
      text: `${batch_id} started: ${plural(tasks, 'task')}${rejected > 0 ? `, ${count(rejected)} rejected` : ''}`,
      style: rejected > 0 ? 'warn' : 'good',
    }
  })
}
