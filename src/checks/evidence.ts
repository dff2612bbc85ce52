import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { HISTORY, type CheckConfig, type Delivery, type PastOutput } from '../domain/check.ts'
import { readCsv } from '../csv/read.ts'
import { contradicted } from './judge/asked.ts'
import type { Evidence } from './judge/findings.ts'
import { Previous } from './judge/previous.ts'
import { profileOf } from './judge/profile.ts'
import { rowFault } from './judge/row.ts'
import { Sample } from './judge/sample.ts'
import { Tally, type Range } from './judge/tally.ts'
import { placesOf } from './listing/columns.ts'
import type { Names } from './names.ts'
import { Quarantine } from './quarantine.ts'

export interface Circumstances {
  thresholds: CheckConfig
  names: Names
  /** Absolute. */
  workspace: string
  signal: AbortSignal
}

/** Reads an output once; undefined where it is torn. Its bad rows stand in the quarantine. */
export async function evidenceOf(
  given: Delivery,
  { thresholds, names, workspace, signal }: Circumstances,
): Promise<{ evidence: Evidence; quarantine: Quarantine } | undefined> {
  const { alike, delivery } = comparable(given)
  const file = delivery.history[0]?.output_path
  const previous = file ? await Previous.read(resolve(workspace, file), delivery.file, signal) : undefined
  const read = await readRows(delivery, thresholds, previous, signal)
  if (!read) return undefined
  const { tally, sample, columns, quarantine } = read
  const { rows } = sample
  const evidence = {
    delivery,
    thresholds,
    alike,
    columns,
    tally,
    written: statSync(delivery.file).mtimeMs,
    bad: quarantine.count,
    rows,
    profile: profileOf(rows),
    contradicted: contradicted(rows, names),
    previous,
  }
  return { evidence, quarantine }
}

/** What ended at a limit says little of a list that was read whole, and the other way round. */
function comparable(delivery: Delivery): { alike: readonly PastOutput[]; delivery: Delivery } {
  const { history, report } = delivery
  const alike = history.filter(({ stopped_by }) => stopped_by === report.stopped_by).slice(0, HISTORY)
  return { alike, delivery: { ...delivery, history: alike.length > 0 ? alike : history.slice(0, HISTORY) } }
}

interface Rows {
  tally: Tally
  sample: Sample
  columns: readonly string[]
  quarantine: Quarantine
}

async function readRows(
  delivery: Delivery,
  thresholds: CheckConfig,
  previous: Previous | undefined,
  signal: AbortSignal,
): Promise<Rows | undefined> {
  let read: Rows | undefined
  let onRow: (cells: string[], raw: string) => void = () => {}
  const { torn } = await readCsv(delivery.file, {
    signal,
    onHeader(header) {
      const { columns } = header
      const places = placesOf(columns)
      const tally = new Tally(columns.length, places, rangeOf(delivery.task.operation, thresholds))
      const sample = new Sample(places)
      const quarantine = new Quarantine(delivery.quarantine, header, thresholds.quarantine_rows)
      read = { tally, sample, columns, quarantine }
      let row = 0
      onRow = (cells, raw) => {
        row++
        const fault = rowFault(cells, columns.length, places)
        if (fault !== undefined) return quarantine.add(row, raw, fault)
        tally.add(cells, raw)
        sample.add(cells)
        previous?.add(cells, places)
      }
    },
    onRow: (cells, raw) => onRow(cells, raw),
  }).finally(() => read?.quarantine.close())
  return torn === null ? read : undefined
}

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
