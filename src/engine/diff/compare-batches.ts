import { resolve } from 'node:path'
import { ZafraError } from '../../domain/error.ts'
import type {
  CombinationDiff,
  Comparer,
  DiffCounts,
  DiffPair,
  DiffSide,
  DiffSweep,
  DiffView,
  Outputs,
} from '../../domain/diff.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Reads } from '../../domain/store.ts'
import { eachPair } from './each-pair.ts'
import { ListChanges } from './list-changes.ts'
import { SiteTimes } from './site-times.ts'

const NONE: DiffCounts = { before: 0, after: 0, new: 0, gone: 0, unseen: 0, back: 0, up: 0, down: 0 }

export interface DiffParts {
  config: { workspace: string }
  reads: Pick<Reads, 'diffPairs' | 'diffSweeps'>
  comparer: Comparer
}

/** Two batches, and of their combinations those that are compared. */
export interface Batches {
  from: string
  to: string
  filter: TaskFilter
}

/** A combination in both batches. */
export interface Compared {
  diff: CombinationDiff
  /** Null: there are not two that can be compared. */
  outputs: Outputs | null
}

/** All that two batches differ in, but for the listings one by one. */
export interface BatchesDiff extends Pick<DiffView, 'sum' | 'urls' | 'sites'> {
  compared: Compared[]
  /** The first and last task of either batch. */
  tasks: [number, number][]
}

/**
 * Reads every pair of outputs that was not compared before, one after the other, so that memory is that of the largest.
 * The sum, the addresses and the sites are of what the filter chooses too.
 */
export async function compareBatches(parts: DiffParts, batches: Batches): Promise<BatchesDiff> {
  const { reads } = parts
  const compared: Compared[] = []
  const [lists, times] = [new ListChanges(), new SiteTimes(batches.filter.site)]
  const tasks: [number, number][] = [
    [Infinity, 0],
    [Infinity, 0],
  ]
  let sum = NONE
  for await (const pair of eachPair(reads, batches)) {
    lists.add(pair)
    times.add(pair)
    for (const [at, side] of [pair.from, pair.to].entries()) if (side) widen(tasks[at]!, side.id)
    if (!isWanted(pair)) continue
    const outputs = await outputsOf(parts, batches, pair)
    const diff = await compareOutputs(parts, pair, outputs)
    sum = plus(sum, diff)
    compared.push({ diff, outputs })
  }
  const urls = await lists.urls(() => eachPair(reads, batches))
  return { sum, compared, urls, sites: times.sites(), tasks }
}

/** An address may differ from batch to batch: either may be what the filter chooses. */
function isWanted({ from, to }: DiffPair): boolean {
  return [from, to].some((side) => side?.main && side.chosen)
}

async function compareOutputs(
  { comparer }: DiffParts,
  { from, to, ...combination }: DiffPair,
  outputs: Compared['outputs'],
): Promise<CombinationDiff> {
  const unknown = { ...combination, ...NONE, gone: null, unseen: null }
  if (!outputs) return { ...unknown, note: missing(isOutput(from), isOutput(to)) }
  try {
    const { counts } = await comparer.compare(outputs)
    return { ...combination, ...counts, note: null }
  } catch (error) {
    if (!(error instanceof ZafraError)) throw error
    return { ...unknown, note: error.message }
  }
}

function missing(before: boolean, after: boolean): string {
  if (before) return 'no output in the later batch'
  return after ? 'no output in the earlier batch' : 'no output'
}

async function outputsOf(
  { config, reads }: DiffParts,
  batches: Batches,
  { from, to, ...combination }: DiffPair,
): Promise<Compared['outputs']> {
  if (!isOutput(from) || !isOutput(to)) return null
  const { earlier, between } = await reads.diffSweeps(combination, from.id, to.id)
  const end = (batch: string, { at, output_path, complete }: DiffSide) => ({
    batch,
    at,
    full: complete,
    path: resolve(config.workspace, output_path),
  })
  const around = ({ batch, at, output_path }: DiffSweep) => ({
    batch,
    at,
    full: true,
    path: resolve(config.workspace, output_path),
  })
  return {
    from: end(batches.from, from),
    to: end(batches.to, to),
    earlier: earlier.map(around),
    between: between && around(between),
  }
}

/** The ends that can be compared: completed lists. */
function isOutput(side: DiffSide | null): side is DiffSide {
  return side !== null && side.main && side.completed
}

function widen(span: [number, number], id: number): void {
  span[0] = Math.min(span[0], id)
  span[1] = Math.max(span[1], id)
}

function plus(sum: DiffCounts, each: DiffCounts): DiffCounts {
  return {
    before: sum.before + each.before,
    after: sum.after + each.after,
    new: sum.new + each.new,
    gone: (sum.gone ?? 0) + (each.gone ?? 0),
    unseen: (sum.unseen ?? 0) + (each.unseen ?? 0),
    back: sum.back + each.back,
    up: sum.up + each.up,
    down: sum.down + each.down,
  }
}
