import type { DiffKind, Evidence, Outputs, Sight, Sweep } from '../../domain/diff.ts'

/** Which sweeps saw a listing, one bit for each; TOLD: it stands on the page already. */
export const SEEN = { earliest: 1, earlier: 2, from: 4, between: 8, to: 16 } as const
export const TOLD = 128

/** Whose details' scraper found that the listing's own address says that it is gone. */
export const CLOSED = { from: 256, between: 512, to: 1024 } as const

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
  if (seen & (CLOSED.between | CLOSED.to)) return 'gone'
  // It was told of when the earlier batch was compared with the one before, if there was one.
  if (seen & CLOSED.from) return seen & SEEN.earlier ? undefined : 'gone'
  if (!outputs.to.full) return undefined
  if (outputs.between?.full) return seen & SEEN.between ? 'unseen' : 'gone'
  if (seen & SEEN.from) return 'unseen'
  return outputs.from.full ? 'gone' : undefined
}

/**
 * What a listing of the later batch is, if its price decides nothing: new or back where the earlier one does not have it,
 * and gone where a list shows still what is not there any more.
 */
export function originOf(seen: number): 'new' | 'back' | 'gone' | undefined {
  if (seen & SEEN.from) return seen & CLOSED.to && !(seen & CLOSED.from) ? 'gone' : undefined
  return seen & (SEEN.earlier | SEEN.earliest) ? 'back' : 'new'
}

/** The sweeps that a kind other than `new` rests on. */
export function evidenceOf(kind: DiffKind, seen: number, outputs: Outputs): Omit<Evidence, 'answer'> | null {
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
