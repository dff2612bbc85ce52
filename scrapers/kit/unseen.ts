/** What the passes over a list brought. */
export interface Passes {
  /** Full passes over its pages. */
  passes: number
  /** Cards read in all passes, repeats included. */
  cards: number
  /** Different listings. */
  seen: number
  /** Of those, the ones that a single pass showed, and the ones that two did. */
  once: number
  twice: number
}

/**
 * How many listings of a list were not seen by passes over it, where the portal orders it anew between two requests.
 *
 * - One pass: a list has as many places as listings, so each card that repeats a listing stands where another one was.
 *   Nothing repeats: 0.
 * - Two: the places that are left over once more, but no more than the first-order jackknife for two occasions, `once / 2`
 *   (Burnham and Overton 1978, Biometrika 65, 625-633): a portal that shows some cards on every page repeats
 *   listings as well, and then no pass brings anything that another did not.
 * - More: Chao2, bias-corrected (Chao 1987, Biometrics 43, 783-791; Colwell et al. 2012, Journal of Plant Ecology 5, 3-21).
 *   Not for two, where a listing that never moves counts as `twice` and hides how many are missed of those that do.
 */
export function unseenOf({ passes, cards, seen, once, twice }: Passes): number {
  const hidden = Math.max(0, cards / passes - seen)
  if (passes === 1) return Math.round(hidden)
  if (passes === 2) return Math.round(Math.min(hidden, once / 2))
  return Math.round((((passes - 1) / passes) * once * Math.max(0, once - 1)) / (2 * (twice + 1)))
}
