import { isObject, list, parseJson, type Json } from './json.ts'

/** What a page of Next.js' Pages Router was rendered from (`__NEXT_DATA__`). */
export function nextData(html: string): Json {
  const match = /<script\s[^>]*id="__NEXT_DATA__"[^>]*>([\s\S]*?)<\/script>/.exec(html)
  return parseJson(match?.[1] ?? '')
}

/**
 * What a page of Next.js' App Router was rendered from: the JSON rows of the stream that its
 * `self.__next_f.push` calls carry in pieces.
 */
export function flightData(html: string): Json[] {
  const pushes = html.matchAll(/self\.__next_f\.push\((\[[\s\S]*?\])\)\s*<\/script>/g)
  const pieces = Array.from(pushes, ([, argument]) => parseJson(argument ?? ''))
  const stream = pieces.map((piece) => (Array.isArray(piece) && typeof piece[1] === 'string' ? piece[1] : ''))
  return [...flightRows(stream.join(''))]
}

/** A row is `id:` JSON up to a line feed, or `id:T` length in hexadecimal bytes, a comma and so much text. */
function* flightRows(stream: string): Iterable<Json> {
  let from = 0
  while (from < stream.length) {
    const head = stream.slice(from, from + 40)
    const text = /^[0-9a-f]*:T([0-9a-f]+),/.exec(head)
    if (text) {
      from += text[0].length
      from += charactersIn(stream.slice(from), Number.parseInt(text[1] ?? '', 16))
      continue
    }
    const lineFeed = stream.indexOf('\n', from)
    const end = lineFeed === -1 ? stream.length : lineFeed
    const json = /^[0-9a-f]*:(?=[[{])/.exec(head)
    if (json) yield parseJson(stream.slice(from + json[0].length, end))
    from = end + 1
  }
}

/** How many characters (UTF-16 units) of `text` its first `bytes` bytes of UTF-8 are. */
function charactersIn(text: string, bytes: number): number {
  // No character is less than a byte.
  return Buffer.from(text.slice(0, bytes)).toString('utf8', 0, bytes).length
}

/** The object literal that a script assigns to `name` (`window.name = {…}`), if it is JSON. */
export function assigned(html: string, name: string): Json {
  const place = new RegExp(`\\b${name}\\s*=\\s*(?=\\{)`).exec(html)
  if (!place) return undefined
  const start = place.index + place[0].length
  return parseJson(html.slice(start, endOfObject(html, start)))
}

/** The number or string that a script gives to `name`, as a property or a variable; undefined where none does. */
export function inlineValue(html: string, name: string): string | undefined {
  const given = new RegExp(`\\b${name}["']?\\s*[:=]\\s*(?:"([^"\\n]*)"|'([^'\\n]*)'|(-?[\\d.]+))`).exec(html)
  return given?.[1] ?? given?.[2] ?? given?.[3]
}

/** Where the brace opened at `start` is closed; braces in strings do not count. */
function endOfObject(text: string, start: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[{}]/gs
  token.lastIndex = start
  let depth = 0
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === '{') depth += 1
    else if (match[0] === '}') depth -= 1
    if (depth === 0) return token.lastIndex
  }
  return text.length
}

/** Every JSON-LD node of a page, `@graph`s opened, in the page's order. */
export function jsonLd(html: string): Json[] {
  const scripts = html.matchAll(
    /<script\s[^>]*type=["']?application\/ld\+json["']?[^>]*>([\s\S]*?)<\/script>/gi,
  )
  return Array.from(scripts, ([, text]) => parseJson(text ?? '')).flatMap((value) => {
    const nodes = Array.isArray(value) ? value : [value]
    return nodes.flatMap((node: Json) => (isObject(node) && '@graph' in node ? list(node['@graph']) : [node]))
  })
}

/** Whether a JSON-LD node is of that schema.org type. */
export function isOfType(node: Json, type: string): boolean {
  return isObject(node) && [node['@type']].flat().includes(type)
}
