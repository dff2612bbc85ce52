import { absentText } from '../../../domain/plan.ts'
import { safeDeep } from '../../../domain/safe.ts'
import { BACKUP_SCHEDULE } from '../../../domain/schedule.ts'
import { whyNoStart } from '../../acts/batch.ts'
import { runSchedule } from '../../acts/engine.ts'
import { count, minutesText, plural } from '../../format.ts'
import type { Session } from '../../session.ts'
import type { State } from '../../state.ts'
import { ruleInView, type Rule } from './state.ts'

/** Why the rule under the cursor cannot be run now; null: it can. */
export function whyNoRun(state: State): string | null {
  const rule = ruleInView(state)
  if (!rule) return 'no rule in this row'
  return rule.key === BACKUP_SCHEDULE ? null : whyNoStart(state)
}

/** Says what a slot of the rule would do now, with the number of tasks, and does it when told to. */
export async function askToRun(session: Session): Promise<void> {
  const rule = ruleInView(session.state)
  if (!rule) return
  const text = await planText(session, rule)
  if (!text) return
  session.set({
    notice: null,
    dialog: {
      kind: 'question',
      title: `Run ${rule.name}`,
      text: [...text, 'The ledger stays as it is: the next slot comes all the same.'],
      answers: [{ key: 'y', label: 'run it now', run: (asked) => runSchedule(asked, rule.key) }],
      enter: 'y',
      no: 'leave it to its slots',
    },
  })
}

/** Undefined: there is nothing to run, which has then been said. */
async function planText(session: Session, { key, filters }: Rule): Promise<string[] | undefined> {
  if (key === BACKUP_SCHEDULE) return ['Make a backup of the database now?']
  session.notify('Reading the lists')
  const plan = await session.ask({ type: 'plan', filter: filters })
  if (!plan) return undefined
  const { batch_id, tasks, sites, absent_sites, rejected, estimated_duration_minutes } = safeDeep(
    plan,
    session.surroundings.readable,
  )
  if (tasks === 0) {
    session.notify('the lists hold no task for this rule; zafra plan says why', 'warn')
    return undefined
  }
  const minutes = minutesText(estimated_duration_minutes)
  return [
    `Start ${batch_id} with ${plural(tasks, 'task')} at ${plural(sites.length, 'site')}, about ${minutes}?`,
    ...absent_sites.map((absent) => `! ${absentText(absent)}`),
    ...(rejected > 0 ? [`${count(rejected)} rows of the lists are rejected; zafra plan names them`] : []),
  ]
}
