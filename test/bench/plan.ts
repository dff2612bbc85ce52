import { createReadStream } from 'node:fs'
import { mkdtemp, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { loadConfig } from '../../src/config/load.ts'
import { createPlanner } from '../../src/plan/planner.ts'
import { resident, seconds, type Figure } from './figure.ts'

const ROWS = 1_000_000
const CITIES = ['Zapopan', 'Guadalajara', 'Tonalá', 'El Salto', 'Tlajomulco de Zuñiga']
const PRODUCTS = ['Casas', 'Departamentos', 'Terrenos', 'Bodegas', 'Oficinas']

/** A list of a million rows: planned, and by csv-parse alone. */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zafra-bench-'))
  try {
    const list = await writeList(folder)
    const { config } = await loadConfig({ cwd: folder, env: {}, cronProblem: () => undefined })
    const planner = createPlanner(config, { hasScraper: () => true })
    const bare = await seconds(() => parseAlone(list))
    const before = resident()
    let planned = 0
    const plan = await seconds(async () => {
      planned = (await planner.plan({ month_year: 'Nov26', execution_number: 1 }, {})).planned
    })
    if (planned !== ROWS) throw new Error(`${planned} of ${ROWS} rows were planned`)
    const rate = (each: number) => `${Math.round(ROWS / each).toLocaleString('en')} rows/s`
    return [
      {
        what: `plan of ${ROWS.toLocaleString('en')} rows / csv-parse alone`,
        measured: (plan / bare).toFixed(2),
        baseline: `${rate(plan)} against ${rate(bare)}`,
        goal: '',
      },
      {
        what: 'resident memory with that plan in hand',
        measured: `${Math.round(resident())} MiB`,
        baseline: `${Math.round(before)} MiB before`,
        goal: '',
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeList(folder: string): Promise<string> {
  await mkdir(join(folder, 'urls'))
  await writeFile(join(folder, 'zafra.yaml'), '')
  const path = join(folder, 'urls', 'cyt_urls.csv')
  const file = await open(path, 'w')
  await file.write('PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL\n')
  for (let from = 0; from < ROWS; from += 10_000) await file.write(lines(from, 10_000))
  await file.close()
  return path
}

function lines(from: number, count: number): string {
  const line = (at: number) => {
    const [city, product] = [CITIES[at % CITIES.length], PRODUCTS[at % PRODUCTS.length]]
    return `Casas y Terrenos,${city},venta,${product},https://www.casasyterrenos.com/jalisco/lista?desde=${at}\n`
  }
  return Array.from({ length: count }, (_, at) => line(from + at)).join('')
}

async function parseAlone(list: string): Promise<void> {
  let rows = 0
  const records = createReadStream(list).pipe(parse())
  records.on('data', () => (rows += 1))
  await finished(records)
  if (rows !== ROWS + 1) throw new Error(`${rows} records were read`)
}
