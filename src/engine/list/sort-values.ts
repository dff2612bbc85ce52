import { PLACES } from './order.ts'

/**
 * Sorts values of an `Order`, given in the order of their places. By counting where their keys lie near each other, as
 * codes, states and counts do: a third of the time of comparing them.
 */
export function sortValues(values: Float64Array): void {
  const [least, most] = bounds(values)
  const range = most - least
  if (range <= 0 || range > 2 * values.length) {
    if (!isAscending(values)) values.sort()
    return
  }
  // Without iterators, here and below: this is most of what a key costs that sorts.
  const given = values.slice()
  const starts = new Uint32Array(range + 2)
  for (let at = 0; at < given.length; at++) starts[Math.trunc(given[at]! / PLACES) - least + 1]!++
  for (let key = 1; key < starts.length; key++) starts[key]! += starts[key - 1]!
  for (let at = 0; at < given.length; at++) {
    values[starts[Math.trunc(given[at]! / PLACES) - least]!++] = given[at]!
  }
}

/** The least and the largest key. */
function bounds(values: Float64Array): [number, number] {
  let [least, most] = [Infinity, 0]
  for (let at = 0; at < values.length; at++) {
    least = Math.min(least, values[at]!)
    most = Math.max(most, values[at]!)
  }
  return [Math.trunc(least / PLACES), Math.trunc(most / PLACES)]
}

/** Whether there is nothing to sort: as in a search by id. */
function isAscending(values: Float64Array): boolean {
  for (let at = 1; at < values.length; at++) if ((values[at - 1] ?? 0) > (values[at] ?? 0)) return false
  return true
}
