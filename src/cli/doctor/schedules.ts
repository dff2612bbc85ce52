import { monthYear } from '../../domain/batch-id.ts'
import { isEnabled, schedulesOf } from '../../domain/schedule.ts'
import { createScheduler } from '../../scheduler/index.ts'
import { attach } from '../attach.ts'
import { openPlanner } from '../assemble.ts'
import { fromDatabase } from '../open-engine.ts'
import type { Check, Fault, Patient } from './examine.ts'

/** Each enabled rule comes again and starts something, and an engine is there to act on it. */
export const checkSchedules: Check = async (patient) => {
  const { config, io } = patient
  // A database that cannot be read is a finding of its own.
  const states = await fromDatabase(config, io.clock, (reads) => reads.schedules(), []).catch(() => [])
  const rules = schedulesOf(config).filter((rule) =>
    isEnabled(
      rule,
      states.find(({ name }) => name === rule.name),
    ),
  )
  const scheduler = createScheduler()
  const faults: Fault[] = []
  for (const { name, cron, time_zone, filters } of rules) {
    const rule = { cron, time_zone: time_zone ?? config.time_zone }
    if (scheduler.next(rule, io.clock.now(), 1).length === 0) {
      const remedy = 'correct its cron, or disable it'
      faults.push({ message: `schedule ${name} (${cron}) never comes again`, remedy })
    }
    if (Object.keys(filters).length > 0 && !(await plansTasks(patient, filters))) {
      const remedy = `correct its filters in zafra.yaml; zafra plan takes the same ones`
      faults.push({ message: `schedule ${name} would start a batch without a task`, remedy })
    }
  }
  if (rules.length > 0 && !(await isEngineThere(patient))) {
    const message = `no engine is there to act on ${rules.map(({ name }) => name).join(', ')}`
    const remedy = 'zafra daemon start, or leave zafra open; what is missed is made up for by its catch_up'
    faults.push({ message, remedy, warning: true })
  }
  return faults
}

async function plansTasks({ config, io }: Patient, filters: Readonly<Record<string, string>>) {
  const month_year = monthYear(io.clock.now(), config.time_zone, config.locale)
  const plan = await (await openPlanner(config)).plan({ month_year, execution_number: 1 }, filters)
  return plan.tasks.length > 0
}

async function isEngineThere({ config, io }: Patient): Promise<boolean> {
  const engine = await attach(config, io.clock)
  await engine?.close()
  return engine !== undefined
}
