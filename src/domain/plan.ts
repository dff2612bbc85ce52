import type { CodeKind, CodeNames, Combination } from './codes.ts'
import type { TaskFilter } from './filter.ts'

/** One task that a batch would hold. */
export interface PlannedTask extends Combination {
  url: string
  order_num: number
  /** Relative to the workspace, for the batch the plan is made for. */
  output_path: string
  /** For a detail task: the place of its main task in `Plan.tasks`. A main task stands before its detail task. */
  depends_on: number | null
}

/** Something in the lists that a person should know. `error`: the row is not planned, or nothing of the whole list. */
export interface Problem {
  /** Relative to the workspace. */
  file: string
  /** 1-based line of the file where the row starts; 0 for the file as a whole. */
  line: number
  /** 1-based place of the cell in its row; absent for the row as a whole. */
  column?: number
  severity: 'error' | 'warning' | 'duplicate'
  message: string
  /** What to do about it. */
  remedy: string
}

/** Whether it concerns the list as a whole, of which nothing is planned. */
export function isOfList({ severity, line }: Problem): boolean {
  return severity === 'error' && line === 0
}

/** A site that had tasks in the batch before and has none in this one. */
export interface AbsentSite {
  site: string
  /** How many it had. */
  tasks: number
  /** The batch before. */
  before: string
  /** Why, as far as configuration and lists say it. */
  reason: string
}

/** For a person. */
export function absentText({ site, tasks, before, reason }: AbsentSite): string {
  return `site ${site} had ${tasks} task${tasks === 1 ? '' : 's'} in ${before} and has none now: ${reason}`
}

/** What a batch would contain: rows = planned + duplicates + rejected, always. */
export interface Plan {
  rows: number
  planned: number
  duplicates: number
  rejected: number
  tasks: PlannedTask[]
  problems: Problem[]
}

/** Reads the lists anew on every call. */
export interface Planner {
  /**
   * @param batch which month and run number the output paths are for
   * @throws ZafraError `lists` when the code list or a list cannot be read at all
   */
  plan(batch: { month_year: string; execution_number: number }, filter: TaskFilter): Promise<Plan>
  /** By the code list in force, as far as it can be read. */
  names(codes: Pick<Combination, CodeKind>): Promise<CodeNames>
}
