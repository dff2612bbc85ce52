import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { HEADER, planFolder, planOf, row, told, workspace } from './workspace.ts'

const good = row('Zapopan', 'venta', 'Casas', 'a')
const utf16le = (text: string) => Buffer.from(text, 'utf16le')
const latin1 = (text: string) => Buffer.from(text, 'latin1')

describe('a row is planned', () => {
  test.each([
    [
      'with the case, accents, blanks and hyphens of whoever wrote it',
      [HEADER, ' propiedades , ZAPOPÁN,  Venta,CASAS , https://propiedades.com/a '],
    ],
    ['by codes', [HEADER, 'Prop,Zap,Ven,Cas,https://propiedades.com/a']],
    ['double-encoded', [HEADER, row('ZapopÃ¡n', 'venta', 'Casas', 'a')]],
    ['after a BOM', ['\ufeff' + HEADER, good]],
    ['with CRLF', [`${HEADER}\r\n${good}\r\n`]],
    ['with semicolons and CRLF', [`${HEADER}\r\n${good}\r\n`.replaceAll(',', ';')]],
    ['with tabs', [`\n${HEADER}\n${good}`.replaceAll(',', '\t')]],
    ['with CR', [`${HEADER}\r${good}\r`]],
    ['with mixed line ends', [`${HEADER}\r\n\n${good}`]],
    ['with blank lines around it', [`\n\n${HEADER}\n\n${good}\n\n\n`]],
    [
      'in quotes, with a newline',
      [HEADER, 'Propiedades,"Zapopan\n",venta,"Casas",https://propiedades.com/a'],
    ],
    [
      'from reordered columns among others',
      ['URL,Nota,producto,Operación,CIUDAD', 'https://propiedades.com/a,"x, y",Casas,venta,Zapopan'],
    ],
    ['with empty cells to spare', [HEADER, `${good},,`]],
    ['at www. and with a port', [HEADER, 'Prop,Zap,Ven,Cas,HTTPS://WWW.Propiedades.com:443/a']],
  ])('%s', async (_how, list) => {
    const plan = await planOf({ lists: { 'prop.csv': list } })
    expect(plan).toMatchObject({ rows: 1, planned: 1, duplicates: 0, rejected: 0 })
    expect(plan.tasks).toMatchObject([
      {
        website: 'Prop',
        city: 'Zap',
        operation: 'Ven',
        product: 'Cas',
        variant: 1,
        order_num: 1,
        depends_on: null,
      },
    ])
  })
})

describe('a row is rejected, and why is said', () => {
  test.each([
    [
      'Propiedades,Zapopam,venta,Casas,https://propiedades.com/a',
      ':2:2 Ciudad: "Zapopam" is not in the code list; nearest: "Zapopan" (Zap)',
    ],
    [
      'Propiedades,Springfield,venta,Casas,https://propiedades.com/a',
      ':2:2 Ciudad: "Springfield" is not in the code list',
    ],
    ['Propiedades,Zapopan,,Casas,https://propiedades.com/a', ':2:3 Operacion: empty'],
    [
      'Propiedades,Zapopan,venta-al-por-menor,Casas,https://propiedades.com/a',
      ':2:3 Operacion: "venta-al-por-menor" is not in the code list',
    ],
    ['Propiedades,Zapopan,venta', ':2:4 ProductoPaginaWeb: empty; URL: empty'],
    ['Propiedades,Zapopan,venta,Casas,zapopan', ':2:5 URL: "zapopan" is not a URL'],
    [
      'Propiedades,Zapopan,venta,Casas,ftp://propiedades.com/a',
      ':2:5 URL: "ftp://propiedades.com/a" is not an http(s) URL',
    ],
    [
      'Propiedades,Zapopan,venta,Casas,https://ana:clave@propiedades.com/a',
      ':2:5 URL: a URL at propiedades.com holds a user name',
    ],
    [
      'Propiedades,Zapopan,venta,Casas,https://propiedades.com/\0a',
      ':2:5 URL: "https://propiedades.com/\\u0000a" holds a control character',
    ],
    [
      'Propiedades,Zapopan,venta,Casas,"https://propiedades.com/\na"',
      ':2:5 URL: "https://propiedades.com/\\na" holds a control character',
    ],
    ['Propiedades,Zapopan,venta,Casas,https://otro.mx/a', ':2:5 URL: no site has the host "otro.mx"'],
    [
      'Propiedades,Zapopan,venta,Casas,https://propiedades.com.evil.mx/',
      ':2:5 URL: no site has the host "propiedades.com.evil.mx"',
    ],
    [
      'Propiedades,Zap\0opan,venta,Casas,https://propiedades.com/a',
      ':2:2 Ciudad: "Zap\\u0000opan" is not in the code list',
    ],
    ['Propiedades,Zapopan,venta,Casas,https://propiedades.com/a,b', ':2 the row has 6 cells, the header 5'],
    ['Trovit,Zapopan,venta,Casas,https://casas.trovit.com.mx/a', ':2:5 URL: the site Tro is switched off'],
    [
      'Propiedades,__proto__,venta,Casas,https://propiedades.com/a',
      ':2:2 Ciudad: "__proto__" is not in the code list',
    ],
    ['"Propiedades,Zapopan', ':2 a quotation mark opens here and is never closed'],
  ])('%j', async (line, problem) => {
    const yaml = 'sites: { Tro: { enabled: false } }'
    const plan = await planOf({ lists: { 'a.csv': [HEADER, line] }, yaml })
    expect(plan).toMatchObject({ rows: 1, planned: 0, duplicates: 0, rejected: 1, tasks: [] })
    expect(told(plan)).toEqual([
      'error urls/a.csv:0 its only row cannot be used',
      expect.stringContaining(`error urls/a.csv${problem}`),
    ])
    expect(plan.problems.every(({ remedy }) => remedy !== '')).toBe(true)
    expect(JSON.stringify(plan)).not.toContain('clave')
  })

  test('a value without end is not shown whole', async () => {
    const plan = await planOf({
      lists: { 'a.csv': [HEADER, row('x'.repeat(100_000), 'venta', 'Casas', 'a')] },
    })
    expect(plan.rejected).toBe(1)
    expect(told(plan).every((line) => line.length < 200)).toBe(true)
  })

  test('a record without end ends the reading', async () => {
    const plan = await planOf({ lists: { 'a.csv': [HEADER, good, `"${'x'.repeat(1_100_000)}`, good] } })
    expect(plan).toMatchObject({ rows: 2, planned: 1, rejected: 1 })
    expect(told(plan)).toContain(
      'error urls/a.csv:3 a quotation mark opens here and is never closed; nothing of the list from this line on was read',
    )
  })
})

describe('a list as a whole', () => {
  test.each<[string, string | Uint8Array | string[], string[]]>([
    ['empty', '', ['error urls/a.csv:0 is empty']],
    ['a BOM and nothing else', '\ufeff', ['error urls/a.csv:0 is empty']],
    ['header only', HEADER, ['error urls/a.csv:0 has a header and no rows']],
    [
      'without a column',
      ['Ciudad,Operacion,URL', 'Zapopan,venta,https://propiedades.com/a'],
      [
        'error urls/a.csv:0 its only row cannot be used',
        'warning urls/a.csv:1 the header has no column ProductoPaginaWeb; it reads "Ciudad,Operacion,URL"',
        'error urls/a.csv:2 ProductoPaginaWeb: empty',
      ],
    ],
    [
      'windows-1252',
      latin1(
        `${HEADER}\n${row('Juanacatlán', 'venta', 'Casas', 'a')}\n${row('Tonalá', 'venta', 'Dúplex', 'b')}`,
      ),
      ['warning urls/a.csv:0 not UTF-8, so it was read as windows-1252: "Juanacatlán", "Tonalá"'],
    ],
    [
      'another site',
      [
        HEADER,
        good.replace('Propiedades', 'Lamudi'),
        `Casas_y_terrenos,Zapopan,venta,Casas,https://propiedades.com/b`,
      ],
      [
        'warning urls/a.csv:2 2 row(s) name another site than their URL has, the first here: "Lamudi", but the URL is of Prop; the URL counts',
        'warning urls/a.csv:3 a further URL of Prop / Zap / Ven / Cas (first: urls/a.csv line 2), planned as variant 2',
      ],
    ],
    [
      'several variants',
      [HEADER, good, `${good}b`, `${good}c`, `${good}d`],
      [
        'warning urls/a.csv:3 further URLs of Prop / Zap / Ven / Cas (first: urls/a.csv line 2), planned as variants 2 to 4',
      ],
    ],
    [
      'duplicates, however the URL is written',
      [
        HEADER,
        good,
        good.replace('Casas', 'casa'),
        good.replace('https://propiedades', 'HTTPS://Propiedades'),
      ],
      [
        'duplicate urls/a.csv:3 repeats urls/a.csv line 2: same site, codes and URL',
        'duplicate urls/a.csv:4 repeats urls/a.csv line 2: same site, codes and URL',
      ],
    ],
  ])('%s', async (_what, list, problems) => {
    const plan = await planOf({ lists: { 'a.csv': list } })
    expect(told(plan)).toEqual(problems)
    expect(plan.planned + plan.duplicates + plan.rejected).toBe(plan.rows)
  })

  test.each<[string, string | Uint8Array]>([
    ['sep=;', `sep=;\n${[HEADER, good].join('\n').replaceAll(',', ';')}`],
    ['semicolons', [HEADER, good].join('\n').replaceAll(',', ';')],
    ['tabs in UTF-16', utf16le(`\ufeff${[HEADER, good].join('\r\n').replaceAll(',', '\t')}`)],
    ['UTF-16 without a mark', utf16le([HEADER, good].join('\r\n'))],
    ['UTF-16, big end first', utf16le(`\ufeff${[HEADER, good].join('\n')}`).swap16()],
    ['UTF-16, big end first, without a mark', utf16le([HEADER, good].join('\n')).swap16()],
    ['rows of nothing but commas', [',,,,', HEADER, ',,,,', good, ',,,, ', ',,'].join('\n')],
    ['characters of no width', [`\u200b${HEADER}`, good.replaceAll(',', '\u200b,\u2060')].join('\n')],
    ['a title above the header', ['Listas de 2026,,,,', '', HEADER, good].join('\n')],
    ['a title without a comma', ['Mis listas', [HEADER, good].join('\n').replaceAll(',', ';')].join('\n')],
  ])('is read as a spreadsheet writes it: %s', async (_what, list) => {
    const plan = await planOf({ lists: { 'a.csv': list } })
    expect(told(plan)).toEqual([])
    expect(plan).toMatchObject({ rows: 1, planned: 1, rejected: 0 })
    expect(plan.tasks[0]).toMatchObject({ city: 'Zap', url: 'https://propiedades.com/a' })
  })

  test.each<[string, string | Uint8Array, string]>([
    ['a sign-in page', '<!DOCTYPE html>\n<html><title>Iniciar sesión</title>', 'is an HTML page and no list'],
    ['a sign-in page in UTF-16', utf16le('\ufeff<html><body>x</body></html>'), 'is an HTML page and no list'],
    [
      'a workbook',
      Buffer.from('PK\u0003\u0004[Content_Types].xml'),
      'is an Excel workbook (.xlsx) and no list',
    ],
    ['JSON', '[{"url": "https://propiedades.com/a"}]', 'is a JSON array and no list'],
  ])('is told once what it is when it is no list: %s', async (_what, list, message) => {
    const plan = await planOf({ lists: { 'a.csv': list, 'b.csv': [HEADER, good] } })
    expect(told(plan)).toEqual([`error urls/a.csv:0 ${message}`])
    expect(plan).toMatchObject({ rows: 1, planned: 1 })
  })

  test('a header with a column twice is told, and the first one counts', async () => {
    const plan = await planOf({ lists: { 'a.csv': [`${HEADER},url`, `${good},https://propiedades.com/b`] } })
    expect(told(plan)).toEqual([
      'warning urls/a.csv:1 the header has the column URL twice; the first one counts',
    ])
    expect(plan.tasks[0]?.url).toBe('https://propiedades.com/a')
  })

  test('a cell with two URLs is rejected; one URL within another is not', async () => {
    const inQuery = `${good}?next=https://propiedades.com/b`
    const two = [`"${good} https://propiedades.com/b"`, `"${good};https://propiedades.com/b"`].map((each) =>
      each.replace('"Propiedades,Zapopan,venta,Casas,', 'Propiedades,Zapopan,venta,Casas,"'),
    )
    const plan = await planOf({ lists: { 'a.csv': [HEADER, inQuery, ...two] } })
    expect(plan).toMatchObject({ planned: 1, rejected: 2 })
    expect(told(plan).filter((line) => line.includes('holds more than one URL'))).toHaveLength(2)
  })

  test('a part of a page is that page; what a script routes by is another', async () => {
    const plan = await planOf({
      lists: { 'a.csv': [HEADER, good, `${good}#mapa`, `${good}?`, `${good}#!/b`, `${good}#/c`] },
    })
    expect(plan).toMatchObject({ planned: 3, duplicates: 2 })
  })

  test('a page that is planned for two combinations is told', async () => {
    const other = good.replace('Zapopan', 'Guadalajara')
    const plan = await planOf({
      lists: { 'a.csv': [HEADER, good, `${good}x`], 'b.csv': [HEADER, `${other}#p`, `${other}x`, other] },
    })
    expect(plan).toMatchObject({ planned: 4, duplicates: 1 })
    expect(told(plan).filter((line) => line.includes('planned twice'))).toEqual([
      'warning urls/b.csv:2 2 URL(s) are planned twice, the first here: the same page is of Prop / Gdl / Ven / Cas and of Prop / Zap / Ven / Cas (urls/a.csv line 2)',
    ])
  })

  test('what is no list is passed over', async () => {
    const folder = await workspace({
      lists: { '.hidden.csv': 'x', '~$a.csv': 'x', 'notes.txt': 'x', 'A.CSV': [HEADER, good] },
    })
    await mkdir(join(folder, 'urls', 'old.csv'))
    const plan = await planFolder(folder)
    expect(plan.planned).toBe(1)
    expect(told(plan)).toEqual(['warning urls/old.csv:0 is no file, so it is not read as a list'])
  })

  test('no list at all is told', async () => {
    expect(told(await planOf({}))).toEqual(['warning urls:0 holds no list'])
  })

  test.each([
    [
      'a header in a quote without end',
      { lists: { 'a.csv': '"PaginaWeb,Ciudad' } },
      /a.csv cannot be read \(a quotation mark/,
    ],
    [
      'a code list that is no CSV',
      { codes: '"Ciudad' },
      /the code list .*codes.csv cannot be read \(a quotation mark opens on line 1/,
    ],
  ])('%s stops the plan', async (_what, given, message) => {
    await expect(planOf(given)).rejects.toMatchObject({
      code: 'lists',
      message: expect.stringMatching(message),
    })
  })

  test('a folder that is not there stops the plan', async () => {
    const folder = await workspace({})
    await rm(join(folder, 'urls'), { recursive: true })
    await expect(planFolder(folder)).rejects.toMatchObject({
      code: 'lists',
      message: expect.stringContaining('ENOENT'),
    })
  })

  test('a link to a list that is not there is an error, and the others are planned', async () => {
    const folder = await workspace({ lists: { 'a.csv': [HEADER, good] } })
    await symlink('nowhere', join(folder, 'urls', 'b.csv'))
    const plan = await planFolder(folder)
    expect(plan.planned).toBe(1)
    expect(told(plan)).toEqual([
      'error urls/b.csv:0 is a link to a file that is not there, or may not be read',
    ])
  })
})

describe('tasks', () => {
  const inm = (city: string, path: string) =>
    `Inmuebles24,${city},venta,Casas,https://www.inmuebles24.com/${path}`

  test('a detail task stands right after the main task that feeds it', async () => {
    const plan = await planOf({ lists: { 'a.csv': [HEADER, inm('Zapopan', 'a'), good, inm('Tonalá', 'b')] } })
    expect(plan).toMatchObject({ rows: 3, planned: 3 })
    expect(plan.tasks.map((task) => [task.scraper_name, task.city, task.order_num, task.depends_on])).toEqual(
      [
        ['inm24', 'Zap', 1, null],
        ['inm24_det', 'Zap', 1, 0],
        ['prop', 'Zap', 1, null],
        ['inm24', 'Ton', 2, null],
        ['inm24_det', 'Ton', 2, 3],
      ],
    )
    expect(plan.tasks.slice(0, 2).map(({ output_path }) => output_path)).toEqual([
      'data/Inm24/Zap/Ven/Cas/Sep25/01/Inm24URL_Zap_Ven_Cas_Sep25_01.csv',
      'data/Inm24/Zap/Ven/Cas/Sep25/01/Inm24_Zap_Ven_Cas_Sep25_01.csv',
    ])
  })

  test('order and repetition go over all lists, by name', async () => {
    const plan = await planOf({
      lists: { 'b.csv': [HEADER, good, `${good}x`], 'a.csv': [HEADER, `${good}x`, inm('Zapopan', 'a')] },
    })
    expect(plan).toMatchObject({ rows: 4, planned: 3, duplicates: 1 })
    expect(told(plan)).toEqual([
      'warning urls/b.csv:2 a further URL of Prop / Zap / Ven / Cas (first: urls/a.csv line 2), planned as variant 2',
      'duplicate urls/b.csv:3 repeats urls/a.csv line 2: same site, codes and URL',
    ])
    expect(
      plan.tasks
        .filter(({ website }) => website === 'Prop')
        .map(({ order_num, variant }) => [order_num, variant]),
    ).toEqual([
      [1, 1],
      [2, 2],
    ])
  })

  test('a scraper that is not there is told once per site', async () => {
    const hasScraper = (name: string) => !name.startsWith('inm24_det')
    const lists = { 'a.csv': [HEADER, inm('Zapopan', 'a'), inm('Tonalá', 'b'), good] }
    const plan = await planOf({ lists, hasScraper })
    expect(plan.planned).toBe(3)
    expect(told(plan)).toEqual([
      'warning zafra.yaml:0 no scraper is named inm24_det: 2 task(s) of Inm24 would fail',
    ])
  })

  test('output paths follow paths.data', async () => {
    const plan = await planOf({ lists: { 'a.csv': [HEADER, good] }, yaml: 'paths: { data: out/csv }' })
    expect(plan.tasks[0]?.output_path).toMatch(/^out\/csv\/Prop\/Zap\//)
  })
})
