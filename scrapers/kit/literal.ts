import { parseJson, type Json } from './json.ts'

/** Deeper than any page's data, and not so deep that the stack would not do. */
const MAX_DEPTH = 200
/** What may stand between values: blanks, comments, and marks that once hid scripts from old browsers. */
const BETWEEN = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/|<!--|-->|<!\[CDATA\[)*/y
const NUMBER = /-?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?(?![\w$])/iy
const NAME = /[\w$\u00aa-\uffff]+(?:\.[\w$]+)*/y
const WORDS: ReadonlyMap<string, Json> = new Map<string, Json>([
  ['true', true],
  ['false', false],
  ['null', null],
])
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
])

/** A value in a script, and where it ends. */
export interface Literal {
  value: Json
  end: number
}

/**
 * The object, array, string or number that a script has at `start`: JSON, or JavaScript with single quotes, bare keys,
 * comments and line breaks in strings. What is neither (a variable, a call, a sum) is undefined within it. Nothing is run.
 * Undefined where no value begins or the one that does never ends.
 */
export function literalAt(source: string, start: number): Literal | undefined {
  const from = matched(BETWEEN, source, start)
  const end = endOf(source, from)
  const value = end === undefined ? undefined : parseJson(source.slice(from, end))
  if (end !== undefined && value !== undefined) return { value, end }
  const reader = new Reader(source, from)
  try {
    return { value: reader.value(0), end: reader.at }
  } catch (thrown) {
    if (thrown === NO_LITERAL) return undefined
    throw thrown
  }
}

/** Where the brackets or the string that begin at `start` end, whatever brackets stand in strings. */
function endOf(source: string, start: number): number | undefined {
  if (!/["'`{[]/.test(source[start] ?? '')) return undefined
  const token = /["'`{}[\]]/g
  token.lastIndex = start
  let depth = 0
  for (let match = token.exec(source); match; match = token.exec(source)) {
    const [mark] = match
    if (mark === '{' || mark === '[') depth += 1
    else if (mark === '}' || mark === ']') depth -= 1
    else {
      const end = endOfString(source, match.index)
      if (end === undefined) return undefined
      token.lastIndex = end
    }
    if (depth === 0) return token.lastIndex
  }
  return undefined
}

/** Where the string that begins at `start` ends, its quotes included. */
function endOfString(source: string, start: number): number | undefined {
  const quote = source[start] ?? ''
  const mark = quote === '"' ? /["\\]/g : quote === "'" ? /['\\]/g : /[`\\]/g
  mark.lastIndex = start + 1
  for (let match = mark.exec(source); match; match = mark.exec(source)) {
    if (match[0] === quote) return mark.lastIndex
    mark.lastIndex += 1
  }
  return undefined
}

/** Where what the sticky `pattern` matches at `start` ends. */
function matched(pattern: RegExp, source: string, start: number): number {
  pattern.lastIndex = start
  return pattern.test(source) ? pattern.lastIndex : start
}

const NO_LITERAL = Symbol('no literal')

class Reader {
  private readonly source: string
  at: number

  constructor(source: string, at: number) {
    this.source = source
    this.at = at
  }

  value(depth: number): Json {
    if (depth > MAX_DEPTH) throw NO_LITERAL
    const first = this.next()
    if (first === '{') return this.object(depth)
    if (first === '[') return this.array(depth)
    if (/["'`]/.test(first)) return this.string()
    const number = this.take(NUMBER)
    // As text where a number would not keep all digits.
    if (number) return parseJson(number) ?? Number(number)
    if (depth === 0) throw NO_LITERAL
    return WORDS.get(this.take(NAME))
  }

  private object(depth: number): Json {
    const entries: [string, Json][] = []
    this.members('}', () => {
      const key = /["'`]/.test(this.next()) ? this.string() : this.take(NAME)
      if (this.next() !== ':') return
      this.at += 1
      entries.push([key, this.member(depth)])
    })
    return Object.fromEntries(entries)
  }

  private array(depth: number): Json {
    const values: Json[] = []
    this.members(']', () => values.push(this.member(depth)))
    return values
  }

  /** What stands between brackets, parted by commas. */
  private members(close: string, read: () => void): void {
    this.at += 1
    while (this.next() !== close) {
      read()
      this.skip()
      if (this.next() === ',') this.at += 1
      else if (this.next() !== close) throw NO_LITERAL
    }
    this.at += 1
  }

  /** A value, undefined where it is but the beginning of an expression. */
  private member(depth: number): Json {
    const value = this.value(depth + 1)
    return /[,}\]]/.test(this.next()) ? value : undefined
  }

  /** Passes over the rest of an expression. */
  private skip(): void {
    let depth = 0
    for (let mark = this.next(); depth > 0 || !/[,}\]]/.test(mark); mark = this.next()) {
      if (/["'`]/.test(mark)) {
        this.string()
        continue
      }
      if (/[({[]/.test(mark)) depth += 1
      else if (/[)}\]]/.test(mark)) depth -= 1
      if (depth < 0) throw NO_LITERAL
      this.at += 1
    }
  }

  private string(): string {
    const end = endOfString(this.source, this.at)
    if (end === undefined) throw NO_LITERAL
    const written = this.source.slice(this.at + 1, end - 1)
    this.at = end
    return written.includes('\\') ? unescaped(written) : written
  }

  /** The next character that means something. */
  private next(): string {
    this.at = matched(BETWEEN, this.source, this.at)
    const character = this.source[this.at]
    if (character === undefined) throw NO_LITERAL
    return character
  }

  private take(pattern: RegExp): string {
    const end = matched(pattern, this.source, this.at)
    const taken = this.source.slice(this.at, end)
    this.at = end
    return taken
  }
}

function unescaped(written: string): string {
  return written.replace(
    /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|\r?\n|([\s\S]))/gi,
    (_, braced?: string, four?: string, two?: string, one?: string) => {
      const code = Number.parseInt(braced ?? four ?? two ?? '', 16)
      if (code <= 0x10_ff_ff) return String.fromCodePoint(code)
      return one === undefined ? '' : (ESCAPES.get(one) ?? one)
    },
  )
}
