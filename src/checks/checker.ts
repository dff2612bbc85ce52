import {
  VERDICTS,
  worst,
  type CheckConfig,
  type Checked,
  type Checker,
  type Delivery,
  type Finding,
} from '../domain/check.ts'
import type { Config } from '../domain/config.ts'
import { placesOf } from './listing/columns.ts'
import { readCsv } from '../csv/read.ts'
import { finding, rowFindings, type Evidence } from './judge/findings.ts'
import { historyFindings } from './judge/history.ts'
import { counterFindings } from './judge/counter.ts'
import { rowFault } from './judge/row.ts'
import { Tally, type Range } from './judge/tally.ts'
import { Quarantine, withoutRows } from './quarantine.ts'

/** Judges outputs by the thresholds of the configuration; those of the site win. */
export function createChecker(config: Pick<Config, 'checks' | 'sites'>): Checker {
  return {
    check(delivery, signal) {
      const site = config.sites[delivery.task.website]
      return check(delivery, { ...config.checks, ...site?.checks }, signal)
    },
  }
}

async function check(delivery: Delivery, thresholds: CheckConfig, signal: AbortSignal): Promise<Checked> {
  const read = await readOutput(delivery, thresholds, signal)
  if (!read) return nothing(delivery, 'the output ends, or goes on for megabytes, inside a quoted cell')
  const { tally, columns, quarantine } = read
  const evidence: Evidence = { delivery, thresholds, columns, tally, bad: quarantine.count }
  const found = [...rowFindings(evidence), ...historyFindings(evidence), ...counterFindings(evidence)]
  const verdict = worst(found)
  const findings = found.toSorted(worstFirst).slice(0, MOST_FINDINGS)
  if (verdict !== 'failed' && quarantine.count > 0) {
    await withoutRows(delivery.file, quarantine.rows, signal)
  }
  return { verdict, findings, facts: facts(evidence) }
}

async function readOutput(delivery: Delivery, thresholds: CheckConfig, signal: AbortSignal) {
  let read: { tally: Tally; columns: readonly string[]; quarantine: Quarantine } | undefined
  let onRow: (cells: string[], raw: string) => void = () => {}
  const end = await readCsv(delivery.file, {
    signal,
    onHeader(header) {
      const { columns } = header
      const places = placesOf(columns)
      const tally = new Tally(columns.length, places, rangeOf(delivery.task.operation, thresholds))
      const quarantine = new Quarantine(delivery.quarantine, header, thresholds.quarantine_rows)
      read = { tally, columns, quarantine }
      let row = 0
      onRow = (cells, raw) => {
        row++
        const fault = rowFault(cells, columns.length, places)
        if (fault === undefined) tally.add(cells, raw)
        else quarantine.add(row, raw, fault)
      }
    },
    onRow: (cells, raw) => onRow(cells, raw),
  }).finally(() => read?.quarantine.close())
  return end.torn === null ? read : undefined
}

function nothing({ complete, report, seconds }: Delivery, message: string): Checked {
  const none = { rows: 0, quarantined: 0, duplicates: 0, coverage: {} }
  const findings: Finding[] = [finding('unreadable', 'failed', message)]
  return { verdict: 'failed', findings, facts: { ...none, ...report, complete, seconds } }
}

function facts({ tally, columns, bad, delivery: { complete, report, seconds } }: Evidence): Checked['facts'] {
  const share = (at: number) =>
    tally.rows === 0 ? 0 : Math.round((tally.filled[at]! / tally.rows) * 1e4) / 1e4
  return {
    rows: tally.rows,
    quarantined: bad,
    duplicates: tally.duplicates,
    ...report,
    complete,
    seconds: seconds === null ? null : Math.round(seconds * 1000) / 1000,
    coverage: Object.fromEntries(columns.slice(0, MOST_COLUMNS).map((column, at) => [column, share(at)])),
  }
}

function worstFirst(one: Finding, other: Finding): number {
  return VERDICTS.indexOf(other.verdict) - VERDICTS.indexOf(one.verdict)
}

/** There is at most one per code, but one per column for coverage: these tell enough. */
const MOST_FINDINGS = 40

/** Of so many columns the coverage is remembered: it stands in the database with every attempt. */
const MOST_COLUMNS = 200

/** `Ven`, `Ven-r`, `Ven-d` are sales, `Ren` is rent; of other operations nothing is known (source: sites.md, Codes). */
function rangeOf(operation: string, { price_sale, price_rent }: CheckConfig): Range | undefined {
  const range = operation.startsWith('Ven')
    ? price_sale
    : operation.startsWith('Ren')
      ? price_rent
      : undefined
  const [least, most] = range ?? []
  return least === undefined || most === undefined ? undefined : { least, most }
}
