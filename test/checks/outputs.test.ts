import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { placesOf } from '../../src/checks/listing/columns.ts'
import { checkText, codes } from './support.ts'

const OUTPUTS = ['cyt', 'inm24', 'inm24_det', 'lam', 'lam_det', 'mit', 'prop', 'tro'] as const

describe.each(OUTPUTS)('what %s delivered from the demo portals', (name) => {
  const text = readFileSync(new URL(`../fixtures/outputs/${name}.csv`, import.meta.url), 'utf8')

  test('is good', async () => {
    const { verdict, findings, facts } = await checkText(text)
    expect({ verdict, findings, rows: facts.rows }).toEqual({ verdict: 'ok', findings: [], rows: 15 })
  })

  test('is found out when its text was decoded by the wrong charset', async () => {
    const broken = Buffer.from(text, 'utf8').toString('latin1')
    expect(codes(await checkText(broken))).toEqual(['mojibake suspect'])
  })

  test('is found out when it came twice', async () => {
    const rows = text.slice(text.indexOf('\n') + 1)
    const twice = await checkText(text + rows)
    expect(codes(twice)).toEqual(['duplicates suspect'])
    expect(twice.facts.duplicates).toBe(15)
  })
})

// The columns of users' earlier scripts (source: sites.md).
test.each([
  [
    'cyt',
    'descripcion,ubicacion,url,precio,tipo,habitaciones,baños,estacionamientos,superficie,codigo',
    'codigo',
    'superficie',
  ],
  ['inm24', 'nombre,descripcion,ubicacion,url,precio,tipo,habitaciones,baños', undefined, undefined],
  [
    'inm24_det',
    'tipo_propiedad,area_m2,recamaras,precio,codigo_inmuebles24,area_total',
    'codigo_inmuebles24',
    'area_m2',
  ],
  [
    'lam',
    'nombre,descripcion,ubicacion,url,precio,tipo,habitaciones,baños,metros_cuadrados',
    undefined,
    'metros_cuadrados',
  ],
  ['the synthetic ones', 'listing_url,precio', undefined, undefined],
])('the columns of an earlier %s are known', (_script, header, id, area) => {
  const columns = header.split(',')
  const places = placesOf(columns)
  expect([columns[places.id], columns[places.area]]).toEqual([id, area])
  expect(columns[places.price]).toBe('precio')
})

test('an output of an earlier script is judged by what it has', async () => {
  const header = 'nombre,descripcion,ubicacion,url,precio,tipo,habitaciones,baños'
  const row = (at: number) =>
    `Casa ${at},"Bonita, grande: ${at}","Zapopan, Jal.",/detalle/${at},"MN 2,${500 + at},000",casa,3,2`
  const text = [header, ...Array.from({ length: 30 }, (_, at) => row(at)), ''].join('\n')
  const { verdict, findings, facts } = await checkText(text)
  expect({ verdict, findings }).toEqual({ verdict: 'ok', findings: [] })
  expect(facts).toMatchObject({ rows: 30, complete: null, expected: null })
})
