import type { DiffKind, Evidence, Outputs, Sight, Sweep } from '../../domain/diff.ts'

/** Which sweeps saw a listing, one bit for each; TOLD: it stands on the page already. */
export const SEEN = { earliest: 1, earlier: 2, from: 4, between: 8, to: 16 } as const
export const TOLD = 128

/** The outputs that are read, each with its bit, the earliest first. */
function sweepsOf({ from, to, earlier, between }: Outputs): [number, Sweep][] {
  const [last, before] = earlier
  const all: [number, Sweep | null | undefined][] = [
    [SEEN.earliest, before],
    [SEEN.earlier, last],
    [SEEN.from, from],
    [SEEN.between, between],
    [SEEN.to, to],
  ]
  return all.filter((each): each is [number, Sweep] => Boolean(each[1]))
}

/**
 * What became of a listing that the later batch does not have; undefined: nothing that is to be told. It is gone where
 * the later batch's sweep was the second one in a row that missed it, or a sweep between the two batches was.
 */
export function fateOf(seen: number, outputs: Outputs): 'gone' | 'unseen' | undefined {
  if (!(seen & (SEEN.from | SEEN.earlier))) return undefined
  if (!outputs.to.full) return undefined
  if (outputs.between?.full) return seen & SEEN.between ? 'unseen' : 'gone'
  if (seen & SEEN.from) return 'unseen'
  return outputs.from.full ? 'gone' : undefined
}

/** What a listing of the later batch is that the earlier one does not have; undefined: it has it. */
export function originOf(seen: number): 'new' | 'back' | undefined {
  if (seen & SEEN.from) return undefined
  return seen & (SEEN.earlier | SEEN.earliest) ? 'back' : 'new'
}

/** The sweeps that a kind other than `new` rests on. */
export function evidenceOf(kind: DiffKind, seen: number, outputs: Outputs): Evidence | null {
  if (kind !== 'gone' && kind !== 'unseen' && kind !== 'back') return null
  const sweeps = sweepsOf(outputs)
  const before = kind === 'back' ? sweeps.filter(([bit]) => bit < SEEN.from) : sweeps
  const last = before.findLastIndex(([bit]) => seen & bit)
  const seenBy = before[last]
  if (!seenBy) return null
  const missed = ([bit, { full }]: [number, Sweep]) =>
    full && !(seen & bit) && (kind !== 'back' || bit <= SEEN.from)
  const later = sweeps.slice(last + 1).filter(missed)
  return { seen_by: sightOf(seenBy[1]), not_seen_by: later.map(([, sweep]) => sightOf(sweep)) }
}

function sightOf({ batch, at }: Sweep): Sight {
  return { batch, at }
}
