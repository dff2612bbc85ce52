import { resolve } from 'node:path'
import { ZafraError } from '../../domain/error.ts'
import {
  DIFF_KINDS,
  type CombinationDiff,
  type Comparer,
  type DiffCounts,
  type DiffPair,
  type DiffSide,
  type DiffSweep,
  type DiffView,
  type Outputs,
} from '../../domain/diff.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import { goneFile } from '../../domain/paths.ts'
import type { Reads } from '../../domain/store.ts'
import { Asked } from './asked.ts'
import { eachPair } from './each-pair.ts'
import { ListChanges } from './list-changes.ts'
import { doubtNote, missingNote, notRequestedNote } from './notes.ts'
import { SiteTimes } from './site-times.ts'

const NONE: DiffCounts = {
  before: 0,
  after: 0,
  new: 0,
  gone: 0,
  unseen: 0,
  back: 0,
  up: 0,
  down: 0,
  currency: 0,
}

/** Share of a list's listings whose details must be there so that their prices are compared. */
const MOST = 0.9

export interface DiffParts {
  config: { workspace: string }
  reads: Pick<Reads, 'askedOf' | 'diffPairs' | 'diffSweeps'>
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
  /** Of the details, whose prices are compared; null: the lists' are. */
  details: Outputs | null
}

/** All that two batches differ in, but for the listings one by one. */
export interface BatchesDiff extends Pick<DiffView, 'only' | 'sum' | 'urls' | 'sites'> {
  compared: Compared[]
  /** The first and last task of either batch. */
  tasks: [number, number][]
}

/** What was read of two batches before any output is. */
interface Read {
  asked: { from: Asked; to: Asked }
  /** Of lists that the filter chooses. */
  pairs: DiffPair[]
  /** Task of a list in the later batch → its details in both. */
  details: Map<number, DiffPair>
}

/**
 * Reads every pair of outputs that was not compared before, one after the other, so that memory is that of the largest.
 * The sum, the addresses and the sites are of what the filter chooses too.
 */
export async function compareBatches(parts: DiffParts, batches: Batches): Promise<BatchesDiff> {
  const { reads } = parts
  const times = new SiteTimes(batches.filter.site)
  const asked = {
    from: new Asked(await reads.askedOf(batches.from)),
    to: new Asked(await reads.askedOf(batches.to)),
  }
  const read: Read = { asked, pairs: [], details: new Map() }
  const tasks: [number, number][] = [
    [Infinity, 0],
    [Infinity, 0],
  ]
  for await (const pair of eachPair(reads, batches)) {
    times.add(pair)
    for (const [at, side] of [pair.from, pair.to].entries()) if (side) widen(tasks[at]!, side.id)
    if (pair.from) asked.from.see(pair)
    if (pair.to) asked.to.see(pair)
    if (isWanted(pair)) read.pairs.push(pair)
    if (pair.to?.depends_on && isWhole(pair.from) && isWhole(pair.to))
      read.details.set(pair.to.depends_on, pair)
  }
  const lists = new ListChanges()
  const compared: Compared[] = []
  let sum = NONE
  for (const pair of read.pairs) {
    lists.add(pair, asked)
    const each = await comparePair(parts, batches, read, pair)
    sum = plus(sum, each.diff)
    compared.push(each)
  }
  const urls = await lists.urls(() => eachPair(reads, batches))
  const only = { from: asked.from.only(asked.to), to: asked.to.only(asked.from) }
  return { only, sum, compared: compared.toSorted(byRank), urls, sites: times.sites(), tasks }
}

/** An address may differ from batch to batch: either may be what the filter chooses. */
function isWanted({ from, to }: DiffPair): boolean {
  return [from, to].some((side) => side?.depends_on === null && side.chosen)
}

async function comparePair(
  parts: DiffParts,
  batches: Batches,
  { asked, details }: Read,
  pair: DiffPair,
): Promise<Compared> {
  const { from, to, ...combination } = pair
  const unknown = { ...combination, ...NONE, gone: null, unseen: null, prices: 'lists' } as const
  const nothing = { outputs: null, details: null }
  const url = (from ?? to)?.url ?? ''
  const requested = [
    from !== null || asked.from.has(pair, url),
    to !== null || asked.to.has(pair, url),
  ] as const
  if (!requested[0] || !requested[1]) {
    return { diff: { ...unknown, outcome: 'not_requested', note: notRequestedNote(requested) }, ...nothing }
  }
  if (!isOutput(from) || !isOutput(to)) {
    return { diff: { ...unknown, outcome: 'missing', note: missingNote([from, to]) }, ...nothing }
  }
  const detailed = isWhole(from) && isWhole(to) ? details.get(to.id) : undefined
  const outputs = await outputsOf(parts, batches, pair)
  const priced = detailed ? await outputsOf(parts, batches, detailed) : null
  try {
    const { counts } = await parts.comparer.compare(outputs)
    const known = { ...combination, ...counts, outcome: 'compared', note: doubtNote([from, to]) } as const
    const prices = priced && (await pricesOf(parts, priced, counts))
    return prices
      ? { diff: { ...known, ...prices, prices: 'details' }, outputs, details: priced }
      : { diff: { ...known, prices: 'lists' }, outputs, details: null }
  } catch (error) {
    if (!(error instanceof ZafraError)) throw error
    return { diff: { ...unknown, outcome: 'unreadable', note: error.message }, ...nothing }
  }
}

/**
 * Details say of a price what the list may round or leave out; a listing whose page failed is not gone for that.
 * @returns null where they are of too few of the listings
 */
async function pricesOf(
  { comparer }: DiffParts,
  details: Outputs,
  lists: DiffCounts,
): Promise<Pick<DiffCounts, 'up' | 'down' | 'currency'> | null> {
  const { before, after, up, down, currency } = (await comparer.compare(details)).counts
  const enough = before >= MOST * lists.before && after >= MOST * lists.after
  return enough ? { up, down, currency } : null
}

async function outputsOf(
  { config, reads }: DiffParts,
  batches: Batches,
  { from, to, ...combination }: DiffPair,
): Promise<Outputs> {
  const { earlier, between } = await reads.diffSweeps(combination, from?.id ?? 0, to?.id ?? 0)
  const noted = (details: string | null) =>
    details === null ? null : resolve(config.workspace, goneFile(details))
  const end = (batch: string, side: DiffSide | null) => ({
    batch,
    at: side?.at ?? null,
    full: side?.complete ?? false,
    path: resolve(config.workspace, side?.output_path ?? ''),
    gone: noted(side?.details_path ?? null),
  })
  const around = ({ batch, at, output_path, details_path }: DiffSweep) => ({
    batch,
    at,
    full: true,
    path: resolve(config.workspace, output_path),
    gone: noted(details_path),
  })
  return {
    from: end(batches.from, from),
    to: end(batches.to, to),
    earlier: earlier.map(around),
    between: between && around(between),
  }
}

function isOutput(side: DiffSide | null): side is DiffSide {
  return side?.status === 'completed'
}

function isWhole(side: DiffSide | null): side is DiffSide {
  return isOutput(side) && side.complete
}

/** What changed comes first, what one batch was not asked for last. */
function byRank({ diff: one }: Compared, { diff: other }: Compared): number {
  return rank(one) - rank(other)
}

function rank(diff: CombinationDiff): number {
  if (diff.outcome === 'not_requested') return 3
  if (diff.outcome !== 'compared') return 2
  return DIFF_KINDS.some((kind) => (diff[kind] ?? 0) > 0) ? 0 : 1
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
    currency: sum.currency + each.currency,
  }
}
