import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { TaskFilter } from '../../src/domain/filter.ts'
import type { Plan, Planner } from '../../src/domain/plan.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createPlanner } from '../../src/plan/planner.ts'

export const HEADER = 'PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL'

/** A row of the Propiedades list, which has no detail scraper. */
export function row(city: string, operation: string, product: string, path: string): string {
  return `Propiedades,${city},${operation},${product},https://propiedades.com/${path}`
}

export interface Lists {
  /** File name → contents; a row per element where it is a list. */
  lists?: Readonly<Record<string, string | Uint8Array | readonly string[]>>
  yaml?: string
  codes?: string | Uint8Array
  filter?: TaskFilter
  hasScraper?: (name: string) => boolean
}

/** A workspace with these lists, gone when the test ends. */
export async function workspace({ lists = {}, yaml = '', codes }: Lists): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'zafra-plan-')))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, 'urls'))
  await writeFile(join(folder, 'zafra.yaml'), yaml)
  if (codes !== undefined) await writeFile(join(folder, 'codes.csv'), codes)
  for (const [name, contents] of Object.entries(lists)) {
    const text =
      contents instanceof Uint8Array || typeof contents === 'string' ? contents : contents.join('\n')
    await writeFile(join(folder, 'urls', name), text)
  }
  return folder
}

export async function plannerOf(folder: string, hasScraper = (_name: string) => true): Promise<Planner> {
  const { config } = await loadConfig({ cwd: folder, env: {}, cronProblem: () => undefined })
  return createPlanner(config, { hasScraper })
}

export async function planFolder(folder: string, { filter = {}, hasScraper }: Lists = {}): Promise<Plan> {
  const planner = await plannerOf(folder, hasScraper)
  return planner.plan({ month_year: 'Sep25', execution_number: 1 }, filter)
}

export async function planOf(given: Lists): Promise<Plan> {
  return planFolder(await workspace(given), given)
}

/** The operator's real lists, in a workspace without a code list of its own. */
export async function realLists(): Promise<string> {
  const folder = await workspace({})
  await cp(new URL('../fixtures/urls', import.meta.url), join(folder, 'urls'), { recursive: true })
  return folder
}

/** `error urls/a.csv:3:2 message`, one problem per line. */
export function told(plan: Plan): string[] {
  return plan.problems.map(
    ({ severity, file, line, column, message }) =>
      `${severity} ${file}:${line}${column === undefined ? '' : `:${column}`} ${message}`,
  )
}
