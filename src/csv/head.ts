import { CsvCutter } from './cutter.ts'

/**
 * The first records of a CSV text, its header among them, at most `limit`. What comes after the last line break is
 * left out unless `whole`: it may be half a record.
 */
export function csvHead(text: string, limit: number, whole: boolean): string[][] {
  const records: string[][] = []
  const take = (cells: string[]) => {
    if (records.length < limit) records.push(cells)
    return records.length < limit
  }
  const cutter = new CsvCutter({ onHeader: ({ columns }) => void take(columns), onRow: take })
  if (cutter.add(text) && whole) cutter.end()
  return records
}
