import { flightRows } from './flight.ts'
import { isObject, list, parseJson, type Json } from './json.ts'
import { literalAt } from './literal.ts'

/** What a page of Next.js' Pages Router was rendered from (`__NEXT_DATA__`). */
export function nextData(html: string): Json {
  return scriptsWith(/\bid=["']?__NEXT_DATA__\b/, html)[0]
}

/**
 * What a page of Next.js' App Router was rendered from: the JSON rows of the stream that its
 * `self.__next_f.push` calls carry in pieces.
 */
export function flightData(html: string): Json[] {
  const pieces = Array.from(html.matchAll(/self\.__next_f\.push\(/g), ({ index, 0: call }) => {
    const piece = list(literalAt(html, index + call.length)?.value)
    if (typeof piece[1] !== 'string') return ''
    return piece[0] === 3 ? Buffer.from(piece[1], 'base64').toString() : piece[1]
  })
  return flightRows(pieces.join(''))
}

/**
 * The object or array that a script assigns to `name` (`window.name = {…}`, `const name = […]`, `JSON.parse("…")`),
 * of several the last that holds something. A JavaScript literal will do (see `literalAt`).
 */
export function assigned(html: string, name: string): Json {
  const places = html.matchAll(
    new RegExp(`${begins(name)}\\s*=\\s*(?:(JSON\\.parse\\()(?=["'])|(?=[{[]))`, 'g'),
  )
  const values = Array.from(places, ({ index, 0: place, 1: parsed }) => {
    const value = literalAt(html, index + place.length)?.value
    return parsed && typeof value === 'string' ? parseJson(value) : value
  })
  return values.filter(isObject).findLast((value, _, { length }) => length === 1 || Object.keys(value).length)
}

/**
 * The number or string that a script gives to `name`: as a variable the last that is not empty, else as a property the
 * first; undefined where none does.
 */
export function inlineValue(html: string, name: string): string | undefined {
  const places = html.matchAll(new RegExp(`${begins(name)}\\s*([:=])\\s*(?=["'\`\\d.-])`, 'g'))
  let property: string | undefined
  let variable: string | undefined
  for (const { index, 0: place, 1: sign } of places) {
    const value = literalAt(html, index + place.length)?.value
    const given = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    if (sign === ':') property ??= given || undefined
    else variable = given || variable
  }
  return variable ?? property
}

/** A pattern for a name in a script: not part of a longer one, of an attribute, or of an address (`?name=1`). */
function begins(name: string): string {
  return `(?<![\\w$?&-]|&amp;)${name}["']?\\]?`
}

/** Every JSON-LD node of a page, `@graph`s opened, in the page's order. */
export function jsonLd(html: string): Json[] {
  return scriptsWith(/\btype=["']?application\/ld\+json\b/i, html).flatMap((value) => {
    const nodes = Array.isArray(value) ? value : [value]
    return nodes.flatMap((node: Json) => (isObject(node) && '@graph' in node ? list(node['@graph']) : [node]))
  })
}

/** Whether a JSON-LD node is of that schema.org type. */
export function isOfType(node: Json, type: string): boolean {
  return isObject(node) && [node['@type']].flat().includes(type)
}

/** The values of the scripts whose tags have such an attribute. What stands in a comment is no script. */
function scriptsWith(attribute: RegExp, html: string): Json[] {
  const values: Json[] = []
  const token = /<!--|<script\s([^>]*)>/gi
  const commentsEnd = html.lastIndexOf('-->')
  for (let match = token.exec(html); match; match = token.exec(html)) {
    const [mark, attributes = ''] = match
    if (mark === '<!--') {
      if (match.index < commentsEnd) token.lastIndex = html.indexOf('-->', match.index + 2) + 3
      continue
    }
    if (attribute.test(attributes)) {
      const literal = literalAt(html, token.lastIndex)
      values.push(literal?.value)
      token.lastIndex = literal?.end ?? token.lastIndex
    }
    const end = html.indexOf('</script', token.lastIndex)
    if (end !== -1) token.lastIndex = end
  }
  return values
}
