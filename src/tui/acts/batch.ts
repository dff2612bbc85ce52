import type { PlanView } from '../../domain/query.ts'
import { safeDeep } from '../../domain/safe.ts'
import { count, duration, plural } from '../format.ts'
import type { Session } from '../session.ts'
import type { State } from '../state.ts'
import { fit } from '../text.ts'

/** Sites and problems that the plan names; the rest is counted. */
const NAMED_SITES = 8
const NAMED_PROBLEMS = 3

/** Why no batch can be started; null: one can. */
export function whyNoStart({ shown }: Pick<State, 'shown'>): string | null {
  const batch = shown?.overview.batch
  if (!shown) return 'the engine has not answered yet'
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

function planText({ tasks, sites, duplicates, rejected, estimated_duration_minutes, problems }: PlanView) {
  const minutes = duration(estimated_duration_minutes * 60)
  const named = sites.slice(0, NAMED_SITES)
  const more = sites.length - named.length
  const found = problems.slice(0, NAMED_PROBLEMS)
  return [
    `${plural(tasks, 'task')} at ${plural(sites.length, 'site')}, about ${minutes}`,
    '',
    ...named.map((each) => `${fit(each.site, 8)}${fit(each.name, 20)}${count(each.tasks).padStart(7)}`),
    ...(more > 0 ? [`and ${plural(more, 'site')} more`] : []),
    '',
    `${plural(duplicates, 'duplicate')}, ${count(rejected)} rejected`,
    ...found.map(({ file, line, message }) => `${file}:${line} ${message}`),
    ...(problems.length > found.length ? ['zafra plan names them all'] : []),
  ]
}

async function start(session: Session): Promise<void> {
  await session.execute({ type: 'start_batch', filter: {} }, ({ batch_id, tasks, rejected }) => ({
    text: `${batch_id} started: ${plural(tasks, 'task')}${rejected > 0 ? `, ${count(rejected)} rejected` : ''}`,
    style: rejected > 0 ? 'warn' : 'good',
  }))
  await session.viewBatch(null)
}
