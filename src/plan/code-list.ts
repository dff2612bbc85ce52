import { CsvCutter } from '../csv/cutter.ts'
import { CODE, CODE_KINDS, type CodeKind, type CodeList } from '../domain/codes.ts'
import { fold, quote, repairEncoding, visible } from './text.ts'

/** Section headings of the code list, without their number. Others (months, years) hold no codes of tasks. */
const HEADINGS: Record<CodeKind, string> = {
  website: 'PaginaWeb',
  city: 'Ciudad',
  operation: 'Operacion',
  product: 'ProductoPaginaWeb',
}

export interface CodeEntry {
  kind: CodeKind
  name: string
  code: string
}

export interface CodeFault {
  line: number
  message: string
  remedy: string
}

/**
 * The operator's code list: sections with a heading such as `2. Ciudad,Name`, then a name and its code per line.
 * Double-encoded names are repaired.
 */
export function parseCodeList(text: string): { entries: CodeEntry[]; faults: CodeFault[] } {
  const entries: CodeEntry[] = []
  const faults: CodeFault[] = []
  let kind: CodeKind | undefined
  for (const { line, name, code } of lines(text)) {
    if (name === '' && code === '') continue
    if (fold(code) === 'name') kind = kindOf(name)
    else if (kind !== undefined && name !== '' && CODE.test(code)) entries.push({ kind, name, code })
    else if (kind !== undefined) faults.push(badLine(line, name, code))
  }
  return { entries, faults }
}

/** @throws Error where a quotation mark is never closed */
function lines(text: string): { line: number; name: string; code: string }[] {
  const found: { line: number; name: string; code: string }[] = []
  const take = ([name = '', code = '']: string[], line: number) =>
    found.push({ line, name: repairEncoding(visible(name)).trim(), code: visible(code).trim() })
  const cutter = new CsvCutter({
    onHeader: ({ columns, line }) => void take(columns, line),
    onRow: (cells, _raw, line) => void take(cells, line),
  })
  if (cutter.add(text)) cutter.end()
  if (cutter.torn !== null)
    throw new Error(`a quotation mark opens on line ${cutter.torn} and is never closed`)
  return found
}

function kindOf(heading: string): CodeKind | undefined {
  const word = fold(heading.replace(/^\d+\.\s*/, ''))
  return CODE_KINDS.find((kind) => fold(HEADINGS[kind]) === word)
}

function badLine(line: number, name: string, code: string): CodeFault {
  return {
    line,
    message: `${quote(name)}, ${quote(code)} is not a name and its code, and was left out`,
    remedy:
      'write a name, a comma and a code of at most 64 letters (A to Z), digits, hyphens and underscores',
  }
}

/** The same format, from a code list: what `zafra init` writes. */
export function formatCodeList(list: CodeList): string {
  const sections = CODE_KINDS.map((kind, index) => {
    const names = Object.entries(list[kind]).map(([name, code]) => `${name},${code}`)
    return [`${index + 1}. ${HEADINGS[kind]},Name`, ...names].join('\n')
  })
  return `${sections.join('\n,\n')}\n`
}
