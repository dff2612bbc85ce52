import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createReadStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { createChecker } from '../../src/checks/index.ts'
import { CHECK_DEFAULTS } from '../../src/config/checks.ts'
import { NO_REPORT } from '../../src/domain/list-report.ts'
import { plantedFigures } from './planted.ts'
import { resident, seconds, type Figure } from './figure.ts'
import { HEADER, listing } from './listings.ts'

const ROWS = 1_000_000

/** An output of a million rows: checked, and by csv-parse alone; memory and the longest wait of others meanwhile. */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zafra-bench-'))
  try {
    const file = join(folder, 'a.csv')
    await writeListings(file, ROWS, 0)
    const before = resident()
    const watch = watchOthers()
    const checked = await seconds(() => check(file))
    const { wait, most } = watch.end()
    const bare = await seconds(() => parseAlone(file))
    const rate = (each: number) => `${Math.round(ROWS / each).toLocaleString('en')} rows/s`
    return [
      {
        what: `check of ${ROWS.toLocaleString('en')} rows`,
        measured: rate(checked),
        baseline: `csv-parse alone ${rate(bare)}`,
        goal: '>= 100,000 rows/s',
      },
      {
        what: 'resident memory at most meanwhile',
        measured: `${Math.round(most)} MiB`,
        baseline: `${Math.round(before)} MiB before`,
        goal: 'constant',
      },
      { what: 'longest wait of others meanwhile', measured: `${wait.toFixed(1)} ms`, baseline: '', goal: '' },
      ...(await plantedFigures()),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function check(file: string): Promise<void> {
  const checker = createChecker({ checks: CHECK_DEFAULTS, sites: {}, workspace: '/' })
  const { verdict, facts, findings } = await checker.check(
    {
      file,
      quarantine: `${file}.quarantine`,
      task: { website: 'CyT', city: 'Zap', operation: 'Ven', product: 'Cas' },
      mode: 'full',
      at: '2026-11-28 12:00:00',
      complete: true,
      said: ROWS,
      report: { ...NO_REPORT, expected: ROWS },
      seconds: 60,
      history: [],
    },
    new AbortController().signal,
  )
  if (verdict !== 'ok' || facts.rows !== ROWS) throw new Error(JSON.stringify(findings))
}

function watchOthers(): { end(): { wait: number; most: number } } {
  let [last, wait, most] = [performance.now(), 0, 0]
  const timer = setInterval(() => {
    wait = Math.max(wait, performance.now() - last)
    most = Math.max(most, resident())
    last = performance.now()
  }, 1)
  return {
    end() {
      clearInterval(timer)
      return { wait, most }
    },
  }
}

async function parseAlone(file: string): Promise<void> {
  const records = createReadStream(file).pipe(parse())
  records.on('data', () => {})
  await finished(records)
}

export async function writeListings(path: string, rows: number, batch: number): Promise<void> {
  const file = await open(path, 'w')
  await file.write(`${HEADER}\n`)
  for (let from = 0; from < rows; from += 500) {
    const count = Math.min(500, rows - from)
    await file.write(Array.from({ length: count }, (_, at) => listing(from + at, batch)).join(''))
  }
  await file.close()
}
