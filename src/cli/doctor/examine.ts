import type { Config } from '../../domain/config.ts'
import { ZafraError, reason } from '../../domain/error.ts'
import type { Io } from '../command.ts'
import { checkClock, checkLimits, checkLoad } from './machine.ts'
import { checkScrapers } from './scrapers.ts'
import { checkDatabase, checkFolders, checkLists } from './workspace.ts'

/** Something that would stop a batch. */
export interface Fault {
  message: string
  remedy: string
}

/** One look at one thing that a batch needs. */
export type Check = (config: Config, io: Io) => Promise<Fault[]>

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
  load: checkLoad,
  clock: checkClock,
  limits: checkLimits,
}

/** Looks at everything that a batch needs; a check that cannot be made is itself a finding. */
export async function examine(config: Config, io: Io): Promise<Checked[]> {
  const results: Checked[] = []
  for (const [check, look] of Object.entries(CHECKS)) {
    const faults = await look(config, io).catch((error: unknown) => [impossible(error)])
    if (faults.length === 0) results.push({ check, fault: null })
    for (const fault of faults) results.push({ check, fault })
  }
  return results
}

function impossible(error: unknown): Fault {
  const remedy = error instanceof ZafraError ? 'mend that first' : 'this is a defect of Zafra'
  return { message: reason(error), remedy }
}
