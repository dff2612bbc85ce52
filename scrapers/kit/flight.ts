import { isObject, parseJson, type Json } from './json.ts'

/**
 * The rows of a stream of React's server components, objects and arrays: `id:` JSON up to a line feed, or `id:T`
 * length in hexadecimal bytes, a comma and so much text. A value that names another row (`"$1a"`, `"$L1a"`) is what that row
 * holds; rows may hold each other.
 */
export function flightRows(stream: string): Json[] {
  const rows = new Map<string, Json>()
  const values: Json[] = []
  let from = 0
  while (from < stream.length) {
    const [head = '', id = '', length, json] =
      /^([0-9a-f]*):(?:T([0-9a-f]+),|(?=([[{"]))|)/.exec(stream.slice(from, from + 40)) ?? []
    from += head.length
    if (length !== undefined) {
      const end = from + charactersIn(stream.slice(from), Number.parseInt(length, 16))
      rows.set(id, stream.slice(from, end))
      from = end
      continue
    }
    const lineFeed = stream.indexOf('\n', from)
    const end = lineFeed === -1 ? stream.length : lineFeed
    if (json !== undefined) rows.set(id, parseJson(stream.slice(from, end)))
    if (json === '[' || json === '{') values.push(rows.get(id))
    from = end + 1
  }
  const seen = new Set<Json>()
  return values.map((value) => resolved(value, rows, seen))
}

/** How many characters (UTF-16 units) of `text` its first `bytes` bytes of UTF-8 are. */
function charactersIn(text: string, bytes: number): number {
  // No character is less than a byte.
  return Buffer.from(text.slice(0, bytes)).toString('utf8', 0, bytes).length
}

const REFERENCE = /^\$[L@]?([0-9a-f]+)$/
/** Beyond it nothing is put in: the stack would not do. */
const MAX_DEPTH = 200

/** `value` with what it names in its place, changed where it stands; each object once, or doubling rows would not end. */
function resolved(value: Json, rows: ReadonlyMap<string, Json>, seen: Set<Json>, depth = 0): Json {
  if (typeof value === 'string') {
    const named = rows.get(REFERENCE.exec(value)?.[1] ?? '')
    if (named === undefined) return value.startsWith('$$') ? value.slice(1) : value
    return isObject(named) ? resolved(named, rows, seen, depth) : named
  }
  if (!isObject(value) || seen.has(value) || depth > MAX_DEPTH) return value
  seen.add(value)
  for (const [key, each] of Object.entries(value)) {
    if (typeof each === 'string' ? each.startsWith('$') : isObject(each)) {
      value[key] = resolved(each, rows, seen, depth + 1)
    }
  }
  return value
}
