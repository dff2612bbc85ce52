/** A JSON value of a page: of any shape, whatever the page was last month. */
export type Json = unknown

/** Paths are few and asked for in every row, so each is taken apart once. */
const keysOf = new Map<string, readonly string[]>()

/** The value at a dotted path (`offers.price`), own properties only; undefined where there is none. ``: `value` itself. */
export function at(value: Json, path: string): Json {
  let keys = keysOf.get(path)
  if (!keys) keysOf.set(path, (keys = path ? path.split('.') : []))
  let here = value
  for (const key of keys) {
    if (!isObject(here) || !Object.hasOwn(here, key)) return undefined
    here = here[key]
  }
  return here
}

/** The first of several paths at which something stands. */
export function firstAt(value: Json, ...paths: string[]): Json {
  return paths.map((path) => at(value, path)).find((found) => found !== undefined && found !== null)
}

export function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null
}

/** `value` as a list: an array, or an object with the keys "0", "1", … that some portals send for one. */
export function list(value: Json): Json[] {
  if (Array.isArray(value)) return value
  return isObject(value) && Object.hasOwn(value, '0') ? Object.values(value) : []
}

/** The first object in `value`, from the outside in, that `matches`. */
export function find(
  value: Json,
  matches: (object: Record<string, Json>) => boolean,
): Record<string, Json> | undefined {
  // A set, since what refers to itself, or to one thing twice, would go on for ever.
  const queue = new Set<Json>([value])
  for (const here of queue) {
    if (!isObject(here)) continue
    if (matches(here)) return here
    for (const within of Object.values(here)) {
      if (isObject(within)) queue.add(within)
    }
  }
  return undefined
}

/** An integer of sixteen digits and more, of which a number may not keep all. */
const GREAT_INTEGER = /(?<![\d.eE+])\d{16,}(?![\d.eE])/
const INTEGER = /^-?\d+$/

/**
 * The value of a JSON text, undefined if it is none. An integer beyond 2^53 becomes the text of its digits: it is a key,
 * and as numbers several keys are one.
 */
export function parseJson(text: string): Json {
  try {
    // With a function it takes several times as long.
    return GREAT_INTEGER.test(text) ? JSON.parse(text, withDigits) : (JSON.parse(text) as Json)
  } catch {
    return undefined
  }
}

function withDigits(_key: string, value: Json, { source = '' }: { source?: string } = {}): Json {
  const lost = typeof value === 'number' && !Number.isSafeInteger(value) && INTEGER.test(source)
  return lost ? source : value
}
