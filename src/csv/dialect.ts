import type { Dialect } from './records.ts'

/** Of several that stand equally often in a header the first. */
export const DELIMITERS = [',', ';', '\t', '|'] as const

/** What precedes the header, as it stands there: a line such as `sep=;`, with which a spreadsheet is told the delimiter. */
const LEAD = /^"?sep=([^"\r\n])"?[,;\t| ]*(?:\r\n|\n|\r|$)/i

/** A quoted cell, or the end of a line outside of one. */
const CELL_OR_BREAK = /(?<=^|[,;\t|\r\n])"[^"]*(?:""[^"]*)*(?:"|$)|\r\n?|\n/g

export interface Beginning {
  dialect: Dialect
  lead: string
}

/**
 * What a CSV text is cut by, as its beginning shows it.
 * @param text from the beginning on, without a byte order mark
 * @param whole whether nothing comes after it
 * @returns undefined where more of it is needed
 */
export function beginningOf(text: string, whole: boolean): Beginning | undefined {
  const [lead = '', named] = LEAD.exec(text) ?? []
  const rest = text.slice(lead.length)
  const blank = /^[\r\n]*/.exec(rest)?.[0].length ?? 0
  const end = firstBreak(rest.slice(blank))
  // A carriage return at the end of a piece may be the first half of a line break.
  const open = end === undefined || (end.mark === '\r' && blank + end.at + 1 === rest.length)
  if (open && !whole) return undefined
  const header = rest.slice(blank, blank + (end?.at ?? rest.length))
  return {
    lead,
    dialect: { delimiter: named ?? delimiterOf(header), newline: end?.mark === '\r' ? '\r' : '\n' },
  }
}

function firstBreak(text: string): { at: number; mark: string } | undefined {
  for (const { index, 0: mark } of text.matchAll(CELL_OR_BREAK)) {
    if (!mark.startsWith('"')) return { at: index, mark }
  }
  return undefined
}

/** The one that stands most often in the header, outside of quotes; a comma where none does. */
export function delimiterOf(header: string): string {
  const bare = header.replaceAll(/"[^"]*"/g, '')
  const count = (delimiter: string) => bare.split(delimiter).length
  return DELIMITERS.reduce((best, each) => (count(each) > count(best) ? each : best))
}
