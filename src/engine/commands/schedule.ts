import { sqlTimeMs } from '../../domain/clock.ts'
import type { Results } from '../../domain/command.ts'
import type { ScheduleConfig } from '../../domain/config.ts'
import { ZafraError } from '../../domain/error.ts'
import { BACKUP_SCHEDULE, isEnabled, schedulesOf } from '../../domain/schedule.ts'
import { backUpNow } from '../backup.ts'
import type { Core } from '../core.ts'
import { startBatch } from './start-batch.ts'

/** Does what the schedule does at a slot, also while it is disabled; the ledger holds slots and says nothing of it. */
export async function runSchedule(core: Core, name: string): Promise<Results['run_schedule']> {
  const rule = ruleNamed(core, name)
  if (rule.name === BACKUP_SCHEDULE) {
    const { path } = await backUpNow(core)
    return { batch_id: null, reason: `backup ${path} was made` }
  }
  const { batch_id } = await core.turn(() => startBatch(core, rule.filters))
  return { batch_id, reason: `run of ${name} by hand` }
}

/** A schedule that is enabled begins then: what was due before is not made up for. Inside the turn. */
export async function enableSchedule(
  core: Core,
  name: string,
  enabled: boolean,
): Promise<Results['enable_schedule']> {
  const rule = ruleNamed(core, name)
  const state = (await core.store.schedules()).find((each) => each.name === name)
  const stays = enabled && isEnabled(rule, state) && state
  const looked_at = stays ? state.looked_at : enabled ? sqlTimeMs(core.clock.now()) : null
  await core.store.commit([
    {
      type: 'schedule',
      schedule: {
        name,
        cron: stays ? state.cron : rule.cron,
        looked_at,
        enabled: rule.enabled === enabled ? null : enabled,
      },
    },
  ])
  core.publisher.publish({ type: 'engine' })
  core.look()
  return { enabled }
}

function ruleNamed({ config }: Core, name: string): ScheduleConfig {
  const rules = schedulesOf(config)
  const rule = rules.find((each) => each.name === name)
  if (rule) return rule
  const known = rules.map((each) => each.name).join(', ') || 'none'
  throw new ZafraError('not_found', `there is no schedule ${name}; zafra.yaml has: ${known}`)
}
