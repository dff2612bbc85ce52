import { setImmediate } from 'node:timers/promises'
import type { SuspectGroup, SuspectOutput, SuspectsView } from '../../domain/suspect.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { ViewParts } from '../views.ts'
import { batchInView } from '../overview.ts'
import { taskIds } from './tasks.ts'

/** Outputs read between two turns of the event loop. */
const SLICE = 500
const FIRST = 10

/** The chosen tasks whose outputs wait for the operator, in order; without ids within one batch, as of `overview`. */
export async function suspectIds(
  parts: Pick<ViewParts, 'lists'> & { store: ViewParts['reads'] },
  asked: TaskFilter,
): Promise<number[]> {
  const { lists, store: reads } = parts
  const batch = asked.ids || asked.batch !== undefined ? undefined : await batchInView(reads)
  const within = batch ? { ...asked, batch: batch.batch_id } : asked
  // Of those that are asked for in another state there is none.
  if (asked.check && !asked.check.includes('suspect')) return []
  return taskIds({ reads, lists }, { ...within, check: ['suspect'] })
}

/** What the chosen suspect outputs have in common, for whoever is to accept them. */
export async function suspectsView(parts: ViewParts, asked: TaskFilter): Promise<SuspectsView> {
  const ids = await suspectIds({ ...parts, store: parts.reads }, asked)
  const sum = new Sum()
  for (let from = 0; from < ids.length; from += SLICE) {
    if (from > 0) await setImmediate()
    for (const output of await parts.reads.suspects(ids.slice(from, from + SLICE))) sum.add(output)
  }
  return sum.view()
}

class Sum {
  #outputs = 0
  #rows = 0
  readonly #sites = new Map<string, number>()
  readonly #groups = new Map<string, Omit<SuspectGroup, 'sites'> & { sites: Set<string> }>()
  readonly #first: number[] = []

  add({ task_id, website, rows, findings }: SuspectOutput): void {
    this.#outputs += 1
    this.#rows += rows
    this.#sites.set(website, (this.#sites.get(website) ?? 0) + 1)
    if (this.#first.length < FIRST) this.#first.push(task_id)
    const told = new Map(findings.filter(({ verdict }) => verdict !== 'ok').map((each) => [each.code, each]))
    for (const { code, message } of told.values()) {
      const group = this.#groups.get(code) ?? { code, outputs: 0, sites: new Set(), message, task_id }
      group.outputs += 1
      group.sites.add(website)
      this.#groups.set(code, group)
    }
  }

  view(): SuspectsView {
    return {
      outputs: this.#outputs,
      rows: this.#rows,
      sites: [...this.#sites]
        .map(([site, outputs]) => ({ site, outputs }))
        .toSorted((one, other) => other.outputs - one.outputs || (one.site < other.site ? -1 : 1)),
      findings: [...this.#groups.values()]
        .toSorted((one, other) => other.outputs - one.outputs)
        .map((group) => ({ ...group, sites: [...group.sites].toSorted() })),
      first: this.#first,
    }
  }
}
