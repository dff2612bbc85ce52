import { gzipSync } from 'node:zlib'
import { COLUMNS, csvOf, delivered, listOf, type Column, type Delivered, type Row } from './planted.ts'
import type { PortalList } from '../../src/demo/lists.ts'

/** What goes wrong with an output. @param before the last good one, null in a first batch */
export type Plant = (of: Delivered, list: PortalList, before: Delivered | null) => Delivered

export interface Planted {
  what: string
  plant: Plant
  /** Whether it can be seen in the first batch of a list already. */
  first?: true
  lists?: (list: PortalList) => boolean
}

function rows(change: (row: Row, at: number, all: readonly Row[]) => Row): Plant {
  return (of) => ({ ...of, rows: of.rows.map(change) })
}

function set(column: Column, value: (row: Row, at: number, all: readonly Row[]) => string): Plant {
  return rows((row, at, all) => ({ ...row, [column]: value(row, at, all) }))
}

function times(factor: number): Plant {
  return set('precio', ({ precio }) => String(Number((Number(precio) * factor).toFixed(2))))
}

/** The scraper says what the portal counts, and what it counts is right. */
function only(choose: (of: Delivered) => Row[]): Plant {
  return (of) => ({ ...of, rows: choose(of) })
}

function without(column: Column): Plant {
  return (of) => ({ ...of, columns: of.columns.filter((each) => each !== column) })
}

function instead(other: (list: PortalList) => PortalList, redirected = false): Plant {
  return (_of, list) => {
    const target = other(list)
    const there = delivered(target, 3, 99)
    return redirected ? { ...there, report: { ...there.report, redirected_to: target.url } } : there
  }
}

const otherCity = (list: PortalList) =>
  list.city === 'Tonalá'
    ? listOf('CyT', 'El Salto', 'Casas', 'venta')
    : listOf('CyT', 'Tonalá', 'Casas', 'venta')
const rent = listOf('CyT', 'Guadalajara', 'Departamentos', 'renta')
const file =
  (write: (of: Delivered) => string | Uint8Array): Plant =>
  (of) => ({ ...of, file: write(of) })
const half = (text: string) => text.slice(0, Math.floor(text.length / 2))
const residential = (list: PortalList) => list.product !== 'Terrenos'
const notSale = (list: PortalList) => list.operation === 'venta'
const page = 30

/** Kinds of faults that people report of their scrapers, planted in what the demo portals' lists give. */
export const FAULTS: readonly Planted[] = [
  { what: 'the list of another city', plant: instead(otherCity), first: true },
  { what: 'a redirect to the list of another city', plant: instead(otherCity, true), first: true },
  {
    what: 'a redirect to what nobody can tell',
    plant: (of, list, before) => {
      const other = without('municipio')(
        set('ubicacion', ({ colonia }) => colonia)(instead(otherCity, true)(of, list, before), list, before),
        list,
        before,
      )
      return other
    },
    first: true,
  },
  { what: 'rentals in a list of sales', plant: instead(() => rent), first: true, lists: notSale },
  {
    what: 'the other operation, at prices of the one',
    plant: set('operacion', ({ operacion }) => (operacion === 'venta' ? 'renta' : 'venta')),
    first: true,
  },
  {
    what: 'offices instead',
    plant: rows((row) => ({
      ...row,
      tipo: 'oficina',
      nombre: row.nombre.replace(/casa|departamento|terreno/, 'oficina'),
    })),
    first: true,
  },
  {
    what: 'offices instead, told by their titles alone',
    plant: (of, list, before) =>
      without('tipo')(
        rows((row) => ({ ...row, nombre: row.nombre.replace(/casa|departamento|terreno/i, 'oficina') }))(
          of,
          list,
          before,
        ),
        list,
        before,
      ),
    first: true,
  },
  {
    what: 'all rows from the block of related listings',
    plant: (of, list) => {
      const related = delivered(otherCity(list), 0, 55).rows.slice(0, 15)
      return { ...of, rows: related, report: { ...of.report, expected: of.report.expected } }
    },
    first: true,
  },
  {
    what: 'another state, the columns as ever',
    plant: rows((row) => ({
      ...row,
      municipio: 'Monterrey',
      ubicacion: `${row.colonia}, Monterrey, Nuevo León`,
      latitud: String(Number(row.latitud) + 5),
      longitud: String(Number(row.longitud) + 3),
    })),
    first: true,
  },
  {
    what: 'places of another state',
    plant: rows((row) => ({
      ...row,
      latitud: String(Number(row.latitud) + 5),
      longitud: String(Number(row.longitud) + 3),
    })),
    first: true,
  },
  { what: 'prices divided by 10', plant: times(0.1) },
  { what: 'prices times 10', plant: times(10) },
  { what: 'prices divided by 1000', plant: times(0.001), lists: notSale, first: true },
  { what: 'prices times 1000', plant: times(1000) },
  { what: 'prices in millions ("2.5")', plant: times(1e-6), first: true },
  {
    what: 'one price in five divided by 10',
    plant: set('precio', ({ precio }, at) => (at % 5 === 0 ? String(Number(precio) / 10) : precio)),
  },
  { what: 'all prices in dollars', plant: set('moneda', () => 'USD'), first: true },
  {
    what: 'dollars taken for pesos',
    plant: rows((row) => ({ ...row, moneda: 'MXN', precio: String(Math.round(Number(row.precio) / 18)) })),
  },
  { what: 'one price for all', plant: set('precio', (_row, _at, all) => all[0]?.precio ?? ''), first: true },
  {
    what: 'placeholder prices',
    plant: set('precio', (row, at) => (at % 3 === 0 ? '1' : row.precio)),
    first: true,
  },
  { what: 'prices on request', plant: set('precio', () => 'Consultar precio'), first: true },
  {
    what: 'the price of another listing',
    plant: set('precio', (_row, at, all) => all[(at + 7) % all.length]?.precio ?? ''),
  },
  { what: 'one title for all', plant: set('nombre', () => 'Casas en venta en Jalisco'), first: true },
  {
    what: 'one description for all',
    plant: set('descripcion', () => 'Encuentra la propiedad de tus sueños'),
    first: true,
  },
  { what: 'one address for all', plant: set('url', (_row, _at, all) => all[0]?.url ?? ''), first: true },
  { what: 'empty descriptions', plant: set('descripcion', () => '') },
  { what: 'empty titles', plant: set('nombre', () => '') },
  {
    what: 'columns shifted by one',
    plant: rows((row) => {
      const cells = COLUMNS.map((column) => row[column])
      return Object.fromEntries(
        COLUMNS.map((column, at) => [column, cells[(at + 1) % cells.length] ?? '']),
      ) as Row
    }),
    first: true,
  },
  {
    what: 'the columns from the rooms on shifted by one',
    plant: rows((row) => {
      const from = COLUMNS.indexOf('habitaciones')
      const cells = COLUMNS.map((column) => row[column])
      return Object.fromEntries(
        COLUMNS.map((column, at) => [column, at < from ? row[column] : (cells[at + 1] ?? '')]),
      ) as Row
    }),
    first: true,
  },
  {
    what: 'baths and parking in each other’s place',
    plant: rows((row) => ({ ...row, baños: row.estacionamientos, estacionamientos: row.baños })),
    lists: residential,
  },
  { what: 'areas of nothing', plant: set('superficie', () => '0'), first: true },
  {
    what: 'areas in square feet',
    plant: set('superficie', ({ superficie }) => String(Math.round(Number(superficie) * 10.764))),
  },
  {
    what: 'the built area as the plot',
    plant: set('superficie', ({ construccion }) => construccion),
    lists: residential,
  },
  {
    what: 'mojibake',
    plant: rows((row) => ({
      ...row,
      nombre: Buffer.from(`${row.nombre} céntrico`).toString('latin1'),
      ubicacion: Buffer.from(row.ubicacion).toString('latin1'),
    })),
    first: true,
  },
  {
    what: 'letters lost (U+FFFD)',
    plant: set('descripcion', ({ descripcion }) => `${descripcion} Excelente ubicaci\uFFFDn`),
    first: true,
  },
  { what: 'the column of coordinates lost', plant: without('latitud') },
  { what: 'the column of the currency lost', plant: without('moneda') },
  { what: 'the column of the municipality empty', plant: set('municipio', () => '') },
  {
    what: 'latitude and longitude in each other’s place',
    plant: rows((row) => ({ ...row, latitud: row.longitud, longitud: row.latitud })),
    first: true,
  },
  {
    what: 'the sign of the longitude lost',
    plant: set('longitud', ({ longitud }) => longitud.replace('-', '')),
    first: true,
  },
  {
    what: 'all at one point',
    plant: rows((row) => ({ ...row, latitud: '20.6736', longitud: '-103.344' })),
    first: true,
  },
  {
    what: 'coordinates of nothing (0, 0)',
    plant: rows((row) => ({ ...row, latitud: '0', longitud: '0' })),
    first: true,
  },
  {
    what: 'coordinates rounded to whole degrees',
    plant: rows((row) => ({
      ...row,
      latitud: String(Math.round(Number(row.latitud))),
      longitud: String(Math.round(Number(row.longitud))),
    })),
  },
  { what: 'a file cut in the middle', plant: file((of) => half(csvOf(of))), first: true },
  {
    what: 'half of the rows',
    plant: only(({ rows: all }) => all.slice(0, Math.ceil(all.length / 2))),
    first: true,
  },
  {
    what: 'the first page alone',
    plant: only(({ rows: all }) => all.slice(0, Math.min(page, Math.ceil(all.length / 3)))),
    first: true,
  },
  {
    what: 'half of the rows, and the counter gone',
    plant: (of) => ({
      ...of,
      rows: of.rows.slice(0, Math.ceil(of.rows.length / 2)),
      report: { ...of.report, expected: null },
    }),
  },
  {
    what: 'page 1 again and again',
    plant: only(({ rows: all }) =>
      all
        .map((_, at) => all[at % Math.min(page, Math.ceil(all.length / 2))])
        .filter((row) => row !== undefined),
    ),
    first: true,
  },
  {
    what: 'each listing twice',
    plant: only(({ rows: all }) => all.flatMap((row) => [row, row])),
    first: true,
  },
  { what: 'a header and no rows', plant: only(() => []), first: true },
  {
    what: 'a header and no rows, the portal counts none',
    plant: (of) => ({ ...of, rows: [], report: { ...of.report, expected: 0 } }),
    first: true,
  },
  {
    what: 'a page of HTML',
    plant: file(() => '<!DOCTYPE html><html><title>Inicia sesión</title></html>'),
    first: true,
  },
  {
    what: 'JSON Lines',
    plant: file(({ rows: all }) => all.map((row) => JSON.stringify(row)).join('\n')),
    first: true,
  },
  { what: 'a JSON array', plant: file(({ rows: all }) => JSON.stringify(all, null, 2)), first: true },
  { what: 'a compressed file', plant: file((of) => gzipSync(csvOf(of))), first: true },
  { what: 'UTF-16', plant: file((of) => Buffer.from(`\uFEFF${csvOf(of)}`, 'utf16le')), first: true },
  {
    what: 'a header of semicolons over rows of commas',
    plant: file((of) => csvOf(of).replace(COLUMNS.join(','), COLUMNS.join(';'))),
    first: true,
  },
  {
    what: 'a delimiter that nothing quotes',
    plant: file((of) => csvOf(of).replaceAll('"', '')),
    first: true,
  },
  { what: 'an old output again', plant: (of, _list, before) => before ?? of },
  {
    what: 'all ids anew',
    plant: rows((row) => ({ ...row, id: `x${Number(row.id) * 3}`, url: `${row.url}-${Number(row.id) * 3}` })),
  },
  { what: 'the number of the row as id', plant: set('id', (_row, at) => String(at + 1)) },
  {
    what: 'dates in the future',
    plant: set('actualizado', ({ actualizado }) => actualizado.replace(/^2026/, '2099')),
    first: true,
  },
  { what: 'dates of 1970', plant: set('fecha_publicacion', () => '1970-01-01'), first: true },
  { what: 'done at once', plant: (of) => ({ ...of, seconds: 1 }) },
]
