import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Plan } from '../../src/domain/plan.ts'
import { HEADER, plannerOf, workspace } from './workspace.ts'

const dirt = fc.constantFrom(
  '',
  ' ',
  '\0',
  'x'.repeat(300),
  '"',
  'a\nb',
  '=1+1',
  '__proto__',
  '\u001b]0;x\u0007',
  'ñ€',
)
const name = (...names: string[]) => fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, dirt)
const path = fc.oneof({ weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', 'd?x=1', 'e#f') }, fc.webPath())
const host = fc.constantFrom('propiedades.com', 'www.inmuebles24.com', 'casas.trovit.com.mx', 'nobody.mx')
const url = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(host, path).map(([at, where]) => `https://${at}/${where}`) },
  fc.constantFrom('http://u:p@propiedades.com/', 'javascript:alert(1)', 'propiedades.com', 'https://[::1]/'),
  dirt,
)
const cells = fc.tuple(
  name('Propiedades', 'Trovit', 'Lamudi'),
  name('Zapopan', 'TonalÃ¡', 'el_salto', 'Zapopam'),
  name('venta', 'Rentar', 'venta-d', 'vender'),
  name('Casas', 'casa', 'DÃºplex', 'Castillo'),
  url,
)
const record = fc.oneof(
  { weight: 6, arbitrary: cells },
  fc.array(fc.oneof(url, dirt), { minLength: 1, maxLength: 7 }),
)
const quoted = (cell: string) => (/^[\w/.:@ -]+$/.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`)
const list = fc.record({
  header: fc.constantFrom(HEADER, HEADER, 'URL,Ciudad,Operacion,ProductoPaginaWeb,Nota', 'Ciudad,URL'),
  records: fc.array(record, { maxLength: 25 }),
  end: fc.constantFrom('\n', '\r\n'),
  encoding: fc.constantFrom('utf8', 'latin1'),
})

test('rows = planned + duplicates + rejected; each row left out is named once; no two tasks share their key', async () => {
  const folder = await workspace({ yaml: 'sites: { Tro: { enabled: false } }' })
  const planner = await plannerOf(folder)
  await fc.assert(
    fc.asyncProperty(fc.array(list, { minLength: 2, maxLength: 2 }), async (lists) => {
      const texts = lists.map(({ header, records, end }) =>
        [header, ...records.map((each) => each.map(quoted).join(',')), ''].join(end),
      )
      for (const [index, text] of texts.entries()) {
        await writeFile(
          join(folder, 'urls', `${index}.csv`),
          Buffer.from(text, lists[index]!.encoding as BufferEncoding),
        )
      }
      const plan = await planner.plan({ month_year: 'Sep25', execution_number: 1 }, {})
      expect(plan.rows).toBe(texts.reduce((sum, text) => sum + recordsIn(text), 0))
      holds(plan)
    }),
    { numRuns: 100 },
  )
})

function recordsIn(text: string): number {
  // The first row that holds anything is the header.
  const records: string[][] = parse(text, { relax_column_count: true, skip_empty_lines: true })
  return records.filter((row) => row.some((cell) => cell.trim() !== '')).length - 1
}

function holds({ rows, planned, duplicates, rejected, tasks, problems }: Plan): void {
  expect(planned + duplicates + rejected).toBe(rows)
  const places = (severity: string) =>
    problems
      .filter((problem) => problem.severity === severity && problem.line > 0)
      .map(({ file, line }) => `${file}:${line}`)
  const named = [...places('error'), ...places('duplicate')]
  expect(places('error')).toHaveLength(rejected)
  expect(places('duplicate')).toHaveLength(duplicates)
  expect(new Set(named).size).toBe(named.length)
  expect(problems.every(({ message, remedy }) => message !== '' && remedy !== '')).toBe(true)

  const keys = tasks.map((task) =>
    [task.scraper_name, task.website, task.city, task.operation, task.product, task.variant].join(),
  )
  expect(new Set(keys).size).toBe(keys.length)
  expect(new Set(tasks.map(({ output_path }) => output_path)).size).toBe(tasks.length)
  const mains = tasks.filter(({ depends_on }) => depends_on === null)
  expect(mains).toHaveLength(planned)
  for (const ofSite of Map.groupBy(mains, ({ website }) => website).values()) {
    expect(ofSite.map(({ order_num }) => order_num)).toEqual(ofSite.map((_, index) => index + 1))
  }
  const details = [...tasks.entries()].filter(([, { depends_on }]) => depends_on !== null)
  expect(details.map(([, detail]) => [detail.depends_on, detail.url])).toEqual(
    details.map(([index]) => [index - 1, tasks[index - 1]?.url]),
  )
}
