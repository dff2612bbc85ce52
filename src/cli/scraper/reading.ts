import { readFile } from 'node:fs/promises'
import { csvHead } from '../../csv/head.ts'
import { lastWords } from './last-words.ts'
import type { Trial } from './trial.ts'

/** What a scraper over the kit told of the pages it read, and what came of it. */
export interface Reading {
  /** In the order in which they were read. `strategy` null: no way to read it was known. */
  pages: { url: string; strategy: string | null; rows: number }[]
  rows: number
  /** How many the portal counts; null: it does not say. */
  total: number | null
  /** Column → share of rows with a value, from 0 to 1. */
  coverage: Record<string, number>
  /** The header and the first rows. */
  first: string[][]
  /** Why it failed; null: it did not. */
  error: string | null
}

/** Rows that a person wants to see. */
const FIRST_ROWS = 3
const FIELD = 'field_'

export async function readingOf(trial: Trial, output: string): Promise<Reading> {
  const text = await readFile(output, 'utf8').catch(() => '')
  const metrics = metricsOf(trial)
  const result = trial.lines.findLast(({ message }) => message?.type === 'result')?.message
  return {
    pages: pagesOf(trial),
    rows: result?.type === 'result' ? result.rows : Math.max(csvHead(text, Infinity, true).length - 1, 0),
    total: metrics.get('expected') ?? null,
    coverage: Object.fromEntries(
      [...metrics]
        .filter(([name]) => name.startsWith(FIELD))
        .map(([name, value]) => [name.slice(FIELD.length), value]),
    ),
    first: csvHead(text, FIRST_ROWS + 1, true),
    error: errorOf(trial),
  }
}

function metricsOf({ lines }: Trial): Map<string, number> {
  const metrics = new Map<string, number>()
  for (const { message } of lines) if (message?.type === 'metric') metrics.set(message.name, message.value)
  return metrics
}

/** A page is told of before the progress that its rows made. */
function pagesOf({ lines }: Trial): Reading['pages'] {
  const pages: Reading['pages'] = []
  let items = 0
  for (const { text, message } of lines) {
    const page = message ? undefined : pageLine(text)
    if (page) pages.push({ ...page, rows: 0 })
    const last = pages.at(-1)
    if (message?.type !== 'progress' || !last) continue
    const now = message.progress.items ?? items
    last.rows += now - items
    items = now
  }
  return pages
}

function pageLine(text: string): { url: string; strategy: string | null } | undefined {
  if (!text.startsWith('{"scraper":1,"type":"page"')) return undefined
  const { url, strategy } = JSON.parse(text) as Record<string, unknown>
  return { url: String(url), strategy: typeof strategy === 'string' ? strategy : null }
}

/** What it said of its failure; else how it ended. */
function errorOf({ exit, overtime, lines }: Trial): string | null {
  if (overtime) return 'it was stopped because its time was over'
  if (exit.exit_code === 0) return null
  const words = lastWords({ lines })
  if (words !== undefined) return words
  return exit.signal ? `killed by ${exit.signal}` : `exit status ${exit.exit_code}`
}
