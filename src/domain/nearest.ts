/**
 * The candidate that `word` was most likely meant to be, or undefined where none is near: at most one edit
 * for every three characters, so that a suggestion is a help and not a guess.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let bound = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bound) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bound)
    if (distance < bound) {
      bound = distance
      best = candidate
    }
  }
  return best
}

/** Levenshtein's distance, or `bound` as soon as it cannot be less. */
function editDistance(one: string, other: string, bound: number): number {
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const replaced = previous[column - 1]! + (one[row - 1] === other[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, previous[column]! + 1, current[column - 1]! + 1))
    }
    if (Math.min(...current) >= bound) return bound
    previous = current
  }
  return previous[other.length]!
}
