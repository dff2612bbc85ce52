import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCodeList, parseCodeList } from '../../src/plan/code-list.ts'
import { shippedCodes } from '../../src/plan/shipped-codes.ts'
import { HEADER, planFolder, planOf, plannerOf, row, told, workspace } from './workspace.ts'

const lists = { 'a.csv': [HEADER, row('Puerto Vallarta', 'venta', 'Casas', 'a')] }

test('what is written is read back the same', () => {
  const { entries, faults } = parseCodeList(formatCodeList(shippedCodes))
  expect(faults).toEqual([])
  const all = Object.entries(shippedCodes).flatMap(([kind, names]) =>
    Object.entries(names).map(([name, code]) => ({ kind, name, code })),
  )
  expect(entries).toEqual(all)
})

test.each([
  ['a section with a number', '2. Ciudad,Name\nPuerto Vallarta,PVR\n'],
  ['CRLF, a BOM and double encoding', '\ufeff2. Ciudad,Name\r\nPuerto VÃ¡llarta,PVR\r\n'],
  ['windows-1252', Buffer.from('Ciudad,Name\nPuerto Vállarta,PVR\n', 'latin1')],
])('codes.csv adds to the shipped list: %s', async (_what, codes) => {
  expect((await planOf({ lists, codes })).tasks).toMatchObject([{ city: 'PVR', product: 'Cas' }])
})

test('codes.csv wins over the shipped list, and zafra.yaml over both', async () => {
  const codes = 'Ciudad,Name\nZapopan,ZZZ\nTonalá,TTT\n'
  const yaml = 'aliases: { city: { zapopan: Gdl, "Puerto Vallarta": tonala } }'
  const more = {
    'a.csv': [...lists['a.csv'], row('Zapopan', 'venta', 'Casas', 'b'), row('Zap', 'venta', 'Casas', 'c')],
  }
  const plan = await planOf({ lists: more, codes, yaml })
  expect(plan.tasks.map(({ city }) => city)).toEqual(['TTT', 'Gdl', 'Zap'])
})

test('lines that are no name and code are told with their place', async () => {
  const codes = 'Ciudad,Name\nPuerto Vallarta,../x\nSolo\n,PVR\n,\n5. Meses,Name\nEnero,\n'
  expect(told(await planOf({ codes, lists: { 'a.csv': [HEADER, row('Zap', 'Ven', 'Cas', 'a')] } }))).toEqual([
    'warning codes.csv:2 "Puerto Vallarta", "../x" is not a name and its code, and was left out',
    'warning codes.csv:3 "Solo", "" is not a name and its code, and was left out',
    'warning codes.csv:4 "", "PVR" is not a name and its code, and was left out',
  ])
})

test('codes have the name that was given first, the sites theirs of zafra.yaml, and none is no fault', async () => {
  const codes = 'Ciudad,Name\nPuerto Vallarta,PVR\nVallarta,PVR\nLa Perla,Gdl\n'
  const planner = await plannerOf(
    await workspace({ codes, yaml: 'sites: { Prop: { name: Nuestro portal } }' }),
  )
  const of = { website: 'Prop', city: 'PVR', operation: 'Ven', product: 'Nada' }
  expect(await planner.names(of)).toEqual({
    website: 'Nuestro portal',
    city: 'Puerto Vallarta',
    operation: 'venta',
    product: 'Nada',
  })
  expect((await planner.names({ ...of, city: 'Gdl' })).city).toBe('Guadalajara')
})

test('where the code list cannot be read, codes stand for themselves', async () => {
  const folder = await workspace({})
  await mkdir(join(folder, 'codes.csv'))
  const of = { website: 'Lam', city: 'Gdl', operation: 'Ven', product: 'Dep' }
  expect(await (await plannerOf(folder)).names(of)).toEqual({ ...of, website: 'Lamudi' })
})

test('an alias of nothing is told', async () => {
  const yaml = 'aliases: { operation: { vendo: Vennta } }'
  expect(told(await planOf({ lists: {}, yaml }))[0]).toBe(
    'warning zafra.yaml:0 aliases.operation: "vendo" stands for "Vennta", which is no name or code',
  )
})

test('a site of zafra.yaml is known by its name', async () => {
  const yaml = 'sites: { Viv: { name: Vivanuncios, host: vivanuncios.com.mx, scraper: viv } }'
  const list = [HEADER, 'Vivanuncios,Zapopan,venta,Casas,https://www.vivanuncios.com.mx/a']
  const plan = await planOf({ lists: { 'a.csv': list }, yaml })
  expect(plan.tasks).toMatchObject([{ website: 'Viv', scraper_name: 'viv' }])
  expect(plan.problems).toEqual([])
})

test('no code, however it is written, leads out of the data folder', async () => {
  const folder = await workspace({})
  const part = fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    'a',
    'Zap',
    '%2e',
    '\0',
    '~',
    ' ',
    '\u2215',
    'C:',
    '__proto__',
  )
  const code = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(code, async (written) => {
      await writeFile(join(folder, 'codes.csv'), `Ciudad,Name\nPuerto Vallarta,${written}\n`)
      const rows = [row('Puerto Vallarta', 'venta', 'Casas', 'a'), row(written, 'venta', 'Casas', 'b')]
      await writeFile(join(folder, 'urls', 'a.csv'), [HEADER, ...rows].join('\n'))
      for (const { output_path } of (await planFolder(folder)).tasks) {
        expect(output_path).toMatch(/^data(\/[\w-]+){7}\.csv$/)
        expect(resolve(folder, output_path)).toBe(join(folder, output_path))
      }
    }),
    { numRuns: 150 },
  )
})
