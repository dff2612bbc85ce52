import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createChecker } from '../../src/checks/index.ts'
import type { NamesOf } from '../../src/checks/names.ts'
import { CHECK_DEFAULTS } from '../../src/config/checks.ts'
import { NO_REPORT, type ListReport } from '../../src/domain/list-report.ts'
import type { CheckConfig, Checked, Delivery, PastOutput } from '../../src/domain/check.ts'

export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'zafra-checks-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

export interface Wish extends Partial<Omit<Delivery, 'task' | 'report'>>, Partial<ListReport> {
  operation?: string
  thresholds?: Partial<CheckConfig>
  names?: NamesOf
  signal?: AbortSignal
}

/** Judges `text` as what a list of houses for sale delivered. */
export async function checkText(
  text: string | Uint8Array,
  { operation = 'Ven', thresholds = {}, signal, names, ...rest }: Wish = {},
): Promise<Checked & { file: string; quarantine: string }> {
  const { report, more } = reported(rest)
  const place = folder()
  const file = join(place, 'a.csv.partial')
  const quarantine = join(place, 'a.quarantine.csv')
  writeFileSync(file, text)
  const checker = createChecker(
    { checks: { ...CHECK_DEFAULTS, ...thresholds }, sites: {}, workspace: place },
    names,
  )
  const checked = await checker.check(
    {
      file,
      quarantine,
      task: { website: 'CyT', city: 'Zap', operation, product: 'Cas' },
      mode: 'full',
      at: '2026-11-28 12:00:00',
      complete: null,
      said: null,
      report,
      seconds: 60,
      history: [],
      ...more,
    },
    signal ?? new AbortController().signal,
  )
  return { ...checked, file, quarantine }
}

/** What is wished of the list report, and of the rest. */
function reported(wish: Partial<Delivery> & Partial<ListReport>) {
  const { expected, stopped_by, cap, cards, repeats, unseen, redirected_to, unpriced, ...more } = wish
  const given = { expected, stopped_by, cap, cards, repeats, unseen, redirected_to, unpriced }
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { report: { ...NO_REPORT, ...said }, more }
}

/** `rows` good listings; `change` makes of them what is to be found. */
export function listings(
  rows: number,
  change: (row: string[], at: number) => string[] = (row) => row,
): string {
  const lines = Array.from({ length: rows }, (_, at) =>
    change(
      [
        String(at),
        `https://www.example.mx/casa-${at}`,
        `Casa con jardín ${at % 40}`,
        String(2_500_000 + 10_000 * (at % 60)),
        'MXN',
        String(120.5 + (at % 30)),
        (20.7 + (at % 50) / 1000).toFixed(3),
        (-103.4 + (at % 40) / 1000).toFixed(3),
      ],
      at,
    ).join(','),
  )
  return [HEADER, ...lines, ''].join('\n')
}

export const HEADER = 'id,url,nombre,precio,moneda,superficie,latitud,longitud'

/** Puts `value` under `column` in the first `count` rows. */
export function spoil(column: string, value: string | ((at: number) => string), count: number) {
  const place = HEADER.split(',').indexOf(column)
  return (row: string[], at: number) =>
    at < count ? row.with(place, typeof value === 'string' ? value : value(at)) : row
}

export function past(rows: number, more: Partial<PastOutput> = {}): PastOutput {
  const unknown = { expected: null, stopped_by: null, profile: null, output_path: '', at: null }
  return { rows, seconds: 60, coverage: {}, ...unknown, ...more }
}

export function codes({ findings }: Checked): string[] {
  return findings.map(({ code, verdict }) => `${code} ${verdict}`)
}
