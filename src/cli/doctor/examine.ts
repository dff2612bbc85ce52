import { monthYear } from '../../domain/batch-id.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Config } from '../../domain/config.ts'
import { ZafraError, reason } from '../../domain/error.ts'
import type { Plan } from '../../domain/plan.ts'
import type { Io } from '../command.ts'
import { openPlanner } from '../assemble.ts'
import { checkChannels } from './channels.ts'
import { checkClock, checkLimits, checkLoad } from './machine.ts'
import { checkSchedules } from './schedules.ts'
import { checkBrowser, checkScrapers } from './scrapers.ts'
import { checkDatabase, checkFolders, checkLists } from './workspace.ts'

/** Something that would stop a batch. */
export interface Fault {
  message: string
  remedy: string
  /** It stops no batch that is started by hand. */
  warning?: true
}

export interface Patient {
  config: Config
  io: Io
  /** Of the lists as they are now. */
  plan: () => Promise<Plan>
}

/** One look at one thing that a batch needs. */
export type Check = (patient: Patient) => Promise<Fault[]>

/** What was looked at, and what is wrong with it; null where nothing is. */
export interface Checked {
  check: string
  fault: Fault | null
}

const CHECKS: Readonly<Record<string, Check>> = {
  folders: checkFolders,
  database: checkDatabase,
  lists: checkLists,
  scrapers: checkScrapers,
  browser: checkBrowser,
  load: checkLoad,
  clock: checkClock,
  limits: checkLimits,
  schedules: checkSchedules,
  channels: checkChannels,
}

/** Looks at everything that a batch needs; a check that cannot be made is itself a finding. */
export async function examine(config: Config, io: Io): Promise<Checked[]> {
  const patient: Patient = { config, io, plan: once(() => planNow(config, io.clock)) }
  const results: Checked[] = []
  for (const [check, look] of Object.entries(CHECKS)) {
    const faults = await look(patient).catch((error: unknown) => [impossible(error)])
    if (faults.length === 0) results.push({ check, fault: null })
    for (const fault of faults) results.push({ check, fault })
  }
  return results
}

function impossible(error: unknown): Fault {
  const remedy = error instanceof ZafraError ? 'mend that first' : 'this is a defect of Zafra'
  return { message: reason(error), remedy }
}

async function planNow(config: Config, clock: Clock): Promise<Plan> {
  const month_year = monthYear(clock.now(), config.time_zone, config.locale)
  return (await openPlanner(config)).plan({ month_year, execution_number: 1 }, {})
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined
  return () => (begun ??= work())
}
