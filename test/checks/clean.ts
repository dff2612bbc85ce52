import { seeded } from '../../src/demo/chance.ts'
import { csvOf, type Delivered } from './planted.ts'
import { delivered, type Row } from './planted.ts'
import type { PortalList } from '../../src/demo/lists.ts'

export interface Clean {
  what: string
  /** What the last of several batches brings, where all is well. */
  of: (list: PortalList) => Delivered
}

function resized(list: PortalList, share: number): Delivered {
  const now = delivered(list, 3)
  const more = delivered(list, 3, 4242).rows.map((row): Row => {
    const id = `9${row.id}`
    return { ...row, id, url: row.url.replace(row.id, id) }
  })
  const count = Math.round(now.rows.length * share)
  const rows =
    share <= 1
      ? now.rows.slice(now.rows.length - count)
      : [...more.slice(0, count - now.rows.length), ...now.rows]
  const { report } = now
  return { ...now, rows, report: { ...report, expected: report.stopped_by ? report.expected : count } }
}

function mapped(list: PortalList, change: (row: Row, at: number) => Row): Delivered {
  const now = delivered(list, 3)
  return { ...now, rows: now.rows.map(change) }
}

/** What portals do, and is no fault. */
export const CLEAN: readonly Clean[] = [
  { what: 'a fortnight on', of: (list) => delivered(list, 3) },
  { what: 'four fortnights on', of: (list) => delivered(list, 6) },
  { what: 'a fifth more', of: (list) => resized(list, 1.2) },
  { what: 'a fifth less', of: (list) => resized(list, 0.8) },
  {
    what: 'in another order',
    of: (list) => ({ ...delivered(list, 3), rows: delivered(list, 3).rows.toReversed() }),
  },
  {
    what: 'one row in six from the neighbours',
    of: (list) =>
      mapped(list, (row, at) =>
        at % 6 === 0
          ? { ...row, municipio: 'Zapotlanejo', ubicacion: `${row.colonia}, Zapotlanejo, Jalisco` }
          : row,
      ),
  },
  {
    what: 'one in eight of another type',
    of: (list) => mapped(list, (row, at) => (at % 8 === 0 ? { ...row, tipo: 'oficina' } : row)),
  },
  {
    what: 'a quarter dearer by a third',
    of: (list) =>
      mapped(list, (row, at) =>
        at % 4 === 0 ? { ...row, precio: String(Math.round(Number(row.precio) * 1.33)) } : row,
      ),
  },
  {
    what: 'one price in five untold',
    of: (list) => mapped(list, (row, at) => (at % 5 === 0 ? { ...row, precio: '' } : row)),
  },
  {
    what: 'titles written anew',
    of: (list) => mapped(list, (row) => ({ ...row, nombre: `${row.nombre}, ¡oportunidad!` })),
  },
  {
    what: 'places told a little less exactly',
    of: (list) =>
      mapped(list, (row) => ({
        ...row,
        latitud: Number(row.latitud).toFixed(3),
        longitud: Number(row.longitud).toFixed(3),
      })),
  },
  {
    what: 'twice as slow',
    of: (list) => ({ ...delivered(list, 3), seconds: 2 * delivered(list, 3).seconds }),
  },
  {
    what: 'separated by semicolons',
    of: (list) => ({ ...delivered(list, 3), file: csvOf(delivered(list, 3), ';') }),
  },
  {
    what: 'separated by tabs',
    of: (list) => ({ ...delivered(list, 3), file: csvOf(delivered(list, 3), '\t') }),
  },
  {
    what: 'with a line sep=;',
    of: (list) => ({ ...delivered(list, 3), file: `sep=;\n${csvOf(delivered(list, 3), ';')}` }),
  },
  {
    what: 'with a mark and CRLF',
    of: (list) => ({
      ...delivered(list, 3),
      file: `\uFEFF${csvOf(delivered(list, 3)).replaceAll('\n', '\r\n')}`,
    }),
  },
  {
    what: 'a third of the listings replaced',
    of: (list) => {
      const random = seeded(11)
      return mapped(list, (row) => {
        if (random() > 0.33) return row
        const id = `8${row.id}`
        return { ...row, id, url: row.url.replace(row.id, id) }
      })
    },
  },
  {
    what: 'one more column',
    of: (list) => ({ ...delivered(list, 3), columns: [...delivered(list, 3).columns, 'nombre'] }),
  },
  {
    what: 'at a new address, the same listings',
    of: (list) => ({
      ...delivered(list, 3),
      report: { ...delivered(list, 3).report, redirected_to: 'https://www.example.mx/nuevo' },
    }),
  },
]
