import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkText, codes, HEADER, listings, past, spoil, type Wish } from './support.ts'

const rent = (at: number) => String(12_000 + 100 * at)
const low = (at: number) => String(12 + at)

describe('what the rows say', () => {
  test.each<[string, string, Wish, string[]]>([
    ['good rows', listings(100), {}, []],
    ['two odd rows of three', listings(3, spoil('precio', '7', 2)), {}, []],
    ['prices of rent in a sale', listings(100, spoil('precio', '12000', 50)), {}, ['price suspect']],
    ['the same for rent', listings(100, spoil('precio', rent, 100)), { operation: 'Ren' }, []],
    ['an auction', listings(100, spoil('precio', low, 100)), { operation: 'Ven-r' }, ['price suspect']],
    [
      'an operation of which nothing is known',
      listings(100, spoil('precio', low, 100)),
      { operation: 'Tra' },
      [],
    ],
    ['areas of nothing', listings(100, spoil('superficie', '0', 20)), {}, ['area suspect']],
    ['coordinates in the sea', listings(100, spoil('latitud', '0', 10)), {}, ['coordinates suspect']],
    ['mojibake', listings(100, spoil('nombre', 'Casa con jardÃ­n', 5)), {}, ['mojibake suspect']],
    ['repeated listings', listings(100, spoil('id', '99', 20)), {}, ['duplicates suspect']],
    ['few prices', listings(100, spoil('precio', '', 60)), {}, ['coverage suspect']],
    ['few bad rows', listings(200, spoil('url', 'not an address', 2)), {}, ['bad_rows ok']],
    [
      'many bad rows',
      listings(100, spoil('url', 'not an address', 10)),
      {},
      ['bad_rows suspect', 'coverage suspect'],
    ],
    ['most rows bad', listings(100, spoil('url', 'not an address', 60)), {}, ['bad_rows failed']],
    ['only bad rows', listings(1, spoil('url', 'not an address', 1)), {}, ['bad_rows failed']],
    [
      'more bad rows than are kept',
      listings(200, spoil('url', 'no address', 9)),
      { thresholds: { quarantine_rows: 8 } },
      ['bad_rows failed'],
    ],
    ['a quote that is never closed', `${listings(3)}9,"x`, {}, ['unreadable failed']],
    ['no rows', `${HEADER}\n`, { complete: true }, ['sold_out suspect']],
    ['a script that knows none of our columns', 'foo,bar\nx,y\nz,\n', {}, []],
    ['the smallest output', 'url\n1\n2\n', {}, []],
  ])('%s', async (_what, text, wish, expected) => {
    const few = expected.filter((each) => !each.startsWith('coverage'))
    const found = codes(await checkText(text, wish))
    expect(found).toEqual(expect.arrayContaining(few))
    expect(found.filter((each) => !expected.includes(each))).toEqual([])
  })
})

describe('what it is held against', () => {
  const three = (rows: number, more = {}) => [past(rows, more), past(rows, more), past(rows + 3, more)]
  const full = { url: 1, precio: 0.9, terraza: 0.1, codigo: 0.9 }

  test.each<[string, string, Wish, string[]]>([
    ['as many rows as ever', listings(95), { history: three(100) }, []],
    ['half of the rows', listings(50), { history: three(100) }, ['rows suspect']],
    ['hardly any rows', listings(5), { history: three(100) }, ['rows failed']],
    [
      'no rows at all',
      `${HEADER}\n`,
      { history: three(100), complete: true },
      ['rows failed', 'sold_out suspect'],
    ],
    [
      'no rows, as the portal counts',
      `${HEADER}\n`,
      { history: three(100), complete: true, expected: 0 },
      ['sold_out suspect'],
    ],
    [
      'no rows, and the portal counts some',
      `${HEADER}\n`,
      { complete: true, expected: 12 },
      ['expected failed'],
    ],
    ['sold out as before', `${HEADER}\n`, { history: [past(0)], complete: true, expected: 0 }, []],
    [
      'a list that is capped for the first time',
      listings(40),
      { history: three(100), stopped_by: 'cap', complete: false },
      ['capped ok', 'rows suspect'],
    ],
    [
      'a little less at a limit for the first time',
      listings(80),
      { history: three(100), stopped_by: 'max_pages', complete: false },
      ['limited ok'],
    ],
    ['four times the rows', listings(400), { history: three(100) }, ['rows suspect']],
    ['few rows where there were few', listings(1), { history: three(8) }, []],
    ['one odd batch before', listings(95), { history: [past(5000), past(100), past(90)] }, []],
    ['fewer than the portal counts', listings(50), { expected: 100, complete: true }, ['expected suspect']],
    [
      'less than all, and nothing says why',
      listings(47),
      { expected: 141, complete: false },
      ['expected suspect', 'incomplete ok'],
    ],
    [
      'a run limited by pages',
      listings(50),
      { expected: 100, complete: false, stopped_by: 'max_pages' },
      ['limited ok'],
    ],
    [
      'a run limited by robots.txt',
      listings(50),
      { expected: 100, complete: false, stopped_by: 'robots' },
      ['limited ok'],
    ],
    [
      'a capped list',
      listings(50),
      { expected: 400, complete: false, stopped_by: 'cap', cap: 50 },
      ['capped ok'],
    ],
    [
      'less than the portal shows at most',
      listings(50),
      { expected: 400, complete: false, stopped_by: 'cap', cap: 100 },
      ['capped ok', 'expected suspect'],
    ],
    ['cards that repeat', listings(85), { cards: 100, repeats: 15, complete: true }, ['repeats ok']],
    ['a few cards that repeat', listings(98), { cards: 100, repeats: 2, complete: true }, []],
    ['some listings unseen', listings(85), { unseen: 6, complete: true }, ['unseen ok']],
    ['many listings unseen', listings(85), { unseen: 40, complete: true }, ['unseen suspect']],
    ['a split that costs some', listings(85), { unpriced: 6, complete: true }, ['unpriced ok']],
    ['a counter that is a little off', listings(90), { expected: 100, complete: true }, []],
    ['less than the scraper says', listings(50), { said: 60 }, ['expected suspect']],
    [
      'a column that is filled less',
      listings(100, spoil('precio', '', 45)),
      { history: three(100, { coverage: full }) },
      ['coverage suspect', 'column_gone suspect'],
    ],
    ['done at once', listings(100), { history: three(100), seconds: 3 }, ['fast suspect']],
    ['done at once by going on', listings(100), { history: three(100), seconds: null }, []],
    ['always done at once', listings(100), { history: three(100, { seconds: 8 }), seconds: 0.5 }, []],
    ['slow', listings(100), { history: three(100), seconds: 900 }, ['slow ok']],
  ])('%s', async (_what, text, wish, expected) => {
    expect(codes(await checkText(text, wish)).toSorted()).toEqual(expected.toSorted())
  })

  test.each([
    ['the usual share of a long list', 148, 4900, []],
    ['the same when the list grew', 150, 9000, []],
    ['less of it, and less than usual', 110, 4900, ['expected suspect']],
    ['less of a list that became shorter', 110, 3600, []],
  ])('a limited run took %s', async (_what, rows, expected, found) => {
    const of = { expected: 4850, stopped_by: 'robots' } as const
    const wish = { expected, complete: false, stopped_by: of.stopped_by, history: three(150, of) }
    expect(codes(await checkText(listings(rows), wish))).toEqual([...found, 'limited ok'])
  })

  test('a column is missed only where it was always filled', async () => {
    const { findings } = await checkText(listings(100), { history: three(100, { coverage: full }) })
    expect(findings.map(({ message }) => message)).toEqual(['there is no column codigo any more'])
  })

  test.each([
    [[past(100)], '50 rows; the last time 100'],
    [three(100), '50 rows; the median of the last 3 is 100'],
  ])('%j is told as such', async (history, message) => {
    const { findings } = await checkText(listings(50), { history })
    expect(findings[0]?.message).toBe(message)
  })

  test('thresholds move the line', async () => {
    const wish = { history: three(100) }
    expect(codes(await checkText(listings(50), { ...wish, thresholds: { rows_low: 0.4 } }))).toEqual([])
  })
})

test('facts are what later outputs are held against', async () => {
  const text = listings(40, (row, at) => (at % 4 === 0 ? row.with(3, '') : row))
  const { facts, verdict } = await checkText(text, { complete: true, expected: 41 })
  expect(verdict).toBe('ok')
  expect(facts).toMatchObject({
    rows: 40,
    quarantined: 0,
    duplicates: 0,
    complete: true,
    expected: 41,
    seconds: 60,
  })
  expect(facts.coverage).toMatchObject({ id: 1, precio: 0.75 })
})

test('bad rows stand beside the file, as they were and with the reason; the others stay in it, byte by byte', async () => {
  const text = listings(200, (row, at) => {
    if (at === 7) return row.with(2, '"dos\nlíneas"')
    return at === 8 ? row.slice(0, 3) : row
  })
  const { file, quarantine, facts } = await checkText(Buffer.from(text, 'latin1'))
  expect(facts).toMatchObject({ rows: 199, quarantined: 1 })
  const bad = readFileSync(quarantine, 'utf8').split('\n')
  expect(bad[0]).toBe(`quarantine_reason,${HEADER}`)
  expect(bad[1]).toContain('"3 cells under 8 columns",8,https://www.example.mx/casa-8,Casa')
  const kept = text.split('\n').filter((line) => !line.startsWith('8,'))
  expect(readFileSync(file, 'latin1')).toBe(kept.join('\n'))
})

test('an earlier quarantine does not outlive the check that finds nothing', async () => {
  const { quarantine } = await checkText(listings(5))
  expect(existsSync(quarantine)).toBe(false)
})

test('it can be stopped', async () => {
  const stopping = new AbortController()
  stopping.abort()
  await expect(checkText(listings(5), { signal: stopping.signal })).rejects.toMatchObject({
    code: 'interrupted',
  })
})

const row = fc
  .record({
    id: fc.constantFrom('1', '2', '3', ''),
    url: fc.constantFrom('https://a.mx/1', 'https://a.mx/2', 'no address', ''),
    nombre: fc.constantFrom('Casa', 'jardÃ­n', 'una, "dos"', 'tres\ncuatro'),
    precio: fc.constantFrom('2500000', '7', '', 'caro', 'consultar'),
    superficie: fc.constantFrom('80', '0', ''),
    latitud: fc.constantFrom('20.7', '0', '999'),
    longitud: fc.constantFrom('-103.4', ''),
  })
  .map((cells) => Object.entries(cells))

function csvOf(columns: readonly string[], rows: readonly (readonly [string, string])[][]): string {
  const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const lines = rows.map((cells) =>
    columns.map((name) => quoted(Object.fromEntries(cells)[name] ?? '')).join(','),
  )
  return [columns.join(','), ...lines, ''].join('\n')
}

const COLUMNS = ['id', 'url', 'nombre', 'precio', 'superficie', 'latitud', 'longitud']

test('neither the order of rows nor that of columns changes what is found', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(row, { minLength: 1, maxLength: 30 })
        .chain((rows) =>
          fc.tuple(
            fc.constant(rows),
            fc.shuffledSubarray(rows, { minLength: rows.length }),
            fc.shuffledSubarray(COLUMNS, { minLength: COLUMNS.length }),
          ),
        ),
      async ([rows, shuffled, columns]) => {
        const one = await checkText(csvOf(COLUMNS, rows))
        const other = await checkText(csvOf(columns, shuffled))
        expect(other.verdict).toBe(one.verdict)
        expect(codes(other).toSorted()).toEqual(codes(one).toSorted())
        expect(other.facts).toEqual(one.facts)
      },
    ),
    { numRuns: 60 },
  )
})

test('quarantined and accepted rows are all rows, each as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
      const text = csvOf(COLUMNS, rows)
      const { file, quarantine, facts, verdict } = await checkText(text)
      fc.pre(verdict !== 'failed')
      const accepted = parse(readFileSync(file, 'utf8'), { from: 2 })
      const bad = existsSync(quarantine) ? parse(readFileSync(quarantine, 'utf8'), { from: 2 }) : []
      expect([accepted.length, bad.length]).toEqual([facts.rows, facts.quarantined])
      const all = [...accepted, ...bad.map((cells) => cells.slice(1))]
      expect(all.map(String).toSorted()).toEqual(parse(text, { from: 2 }).map(String).toSorted())
    }),
    { numRuns: 60 },
  )
})

test('a long file is judged piece by piece, and others get their turn in between', async () => {
  const rows = 50_000
  let turns = 0
  const timer = setInterval(() => (turns += 1), 1)
  const { verdict, facts } = await checkText(listings(rows)).finally(() => clearInterval(timer))
  expect({ verdict, rows: facts.rows }).toEqual({ verdict: 'ok', rows })
  // The file is 4 MB: some 60 pieces, and a turn for others after each.
  expect(turns).toBeGreaterThan(10)
})
