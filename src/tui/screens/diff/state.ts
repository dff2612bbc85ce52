import type { Combination } from '../../../domain/codes.ts'
import { DIFF_KINDS, type CombinationDiff, type DiffView, type ListingDiff } from '../../../domain/diff.ts'

/** What the listings screen goes through: listings by what became of them, and addresses of the lists. */
export const CHANGE_KINDS = [...DIFF_KINDS, 'added', 'dropped'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

/** A row of it: a listing, or an address that only one of the lists has. */
export type Change = ListingDiff | { kind: 'added' | 'dropped'; url: string }

/** What the diff and its listings show. */
export interface DiffState {
  /** Null: no two batches were chosen. */
  batches: { from: string; to: string } | null
  /** With every combination; null until the engine has answered. */
  view: DiffView | null
  /** Whose listings are looked at; null: those of all. */
  scope: CombinationDiff | null
  kind: ChangeKind
}

export function initialDiff(batches: DiffState['batches'] = null): DiffState {
  return { batches, view: null, scope: null, kind: 'new' }
}

export function combinationKey(of: Combination): string {
  return [of.scraper_name, of.website, of.city, of.operation, of.product, of.variant].join('/')
}

/** How many changes of a kind there are in what is looked at; null: nobody can know. */
export function changesOf({ view, scope }: DiffState, kind: ChangeKind): number | null {
  if (!view) return 0
  if (kind === 'added') return view.urls.added
  if (kind === 'dropped') return view.urls.gone
  return (scope ?? view.sum)[kind]
}

/** The kind after this one that has any changes, or before it; this one where no other has. */
export function otherKind(diff: DiffState, step: 1 | -1): ChangeKind {
  const at = CHANGE_KINDS.indexOf(diff.kind)
  const length = CHANGE_KINDS.length
  for (let by = 1; by < length; by += 1) {
    const kind = CHANGE_KINDS[(at + step * by + length * by) % length]
    if (kind && (changesOf(diff, kind) ?? 0) > 0) return kind
  }
  return diff.kind
}

/** The first kind of which there are changes. */
export function firstKind(diff: DiffState): ChangeKind {
  return CHANGE_KINDS.find((kind) => (changesOf(diff, kind) ?? 0) > 0) ?? 'new'
}
