import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { createChecker } from '../../src/checks/index.ts'
import type { NamesOf } from '../../src/checks/names.ts'
import { CHECK_DEFAULTS } from '../../src/config/checks.ts'
import { contentsOf, type Listing } from '../../src/demo/listings.ts'
import { LISTS, type PortalList } from '../../src/demo/lists.ts'
import type { Checked, PastOutput, Verdict } from '../../src/domain/check.ts'
import type { CodeKind } from '../../src/domain/codes.ts'
import { NO_REPORT, type ListReport } from '../../src/domain/list-report.ts'
import { NameBook } from '../../src/plan/names.ts'
import { shippedCodes } from '../../src/plan/shipped-codes.ts'
import { acceptOutput, outputFiles } from '../../src/runner/output.ts'

/** The columns of a built-in scraper's output. */
export const COLUMNS = [
  'id',
  'url',
  'nombre',
  'descripcion',
  'tipo',
  'operacion',
  'precio',
  'moneda',
  'desde',
  'habitaciones',
  'baños',
  'medios_baños',
  'estacionamientos',
  'superficie',
  'construccion',
  'ubicacion',
  'colonia',
  'municipio',
  'latitud',
  'longitud',
  'fecha_publicacion',
  'actualizado',
] as const
export type Column = (typeof COLUMNS)[number]
export type Row = Record<Column, string>

/** What a scraper delivers of a demo portal's list. */
export interface Delivered {
  columns: string[]
  rows: Row[]
  report: ListReport
  complete: boolean | null
  said: number | null
  seconds: number
  /** What stands in the file, where it is not these rows as a CSV. */
  file?: string | Uint8Array
}

const SEED = 7
const DAY = 86_400_000
const BEGIN = Date.UTC(2026, 9, 1)

export function listOf(site: string, city: string, product: string, operation: string): PortalList {
  const found = LISTS.find(
    (each) =>
      each.site === site && each.city === city && each.product === product && each.operation === operation,
  )
  if (!found) throw new Error(`no list ${site} ${city} ${product} ${operation}`)
  return found
}

/** What a scraper brings of a list when all goes well. @param fortnight as the portals count them */
export function delivered(list: PortalList, fortnight: number, seed = SEED): Delivered {
  const contents = contentsOf(list, LISTS.indexOf(list), seed, fortnight)
  const rows = contents.listings.map((listing) => rowOf(list, listing))
  const report: ListReport = { ...NO_REPORT, expected: rows.length }
  return { columns: [...COLUMNS], rows, report, complete: true, said: null, seconds: 45 + rows.length / 4 }
}

export function rowOf(list: PortalList, of: Listing): Row {
  const some = (value: number) => (value === 0 ? '' : String(value))
  return {
    id: of.id,
    url: `${list.url.replace(/\.html$/, '')}/${of.id}`,
    nombre: of.title,
    descripcion: of.description.replace(/ Informes.*/, ''),
    tipo: list.product.toLowerCase().replace(/s$/, ''),
    operacion: list.operation,
    precio: String(of.price),
    moneda: of.currency,
    desde: of.development ? '1' : '',
    habitaciones: some(of.rooms),
    baños: some(of.baths),
    medios_baños: some(of.halfBaths),
    estacionamientos: some(of.parking),
    superficie: some(of.land),
    construccion: some(of.built),
    ubicacion: `${of.neighborhood}, ${of.municipality}, Jalisco`,
    colonia: of.neighborhood,
    municipio: of.municipality,
    latitud: String(of.lat),
    longitud: String(of.lon),
    fecha_publicacion: of.updated,
    actualizado: of.updated,
  }
}

const BOOKS = Object.fromEntries(
  Object.entries(shippedCodes).map(([kind, names]) => {
    const book = new NameBook()
    for (const [name, code] of Object.entries(names)) book.add(name, code)
    return [kind, book]
  }),
) as Record<CodeKind, NameBook>

const names: NamesOf = (kind, code) => Promise.resolve(BOOKS[kind].split(code))

function codeOf(kind: CodeKind, name: string): string {
  return BOOKS[kind].find(name) ?? name
}

/** Outputs of one list, batch after batch, each accepted or refused as the runner does it. */
export class Harvests {
  readonly #folder = mkdtempSync(join(tmpdir(), 'zafra-planted-'))
  readonly #list: PortalList
  readonly #history: PastOutput[] = []
  #batches = 0

  constructor(list: PortalList) {
    this.#list = list
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** What becomes of the next batch's output, a fortnight after the last; what is sound is history from then on. */
  async next(of: Delivered): Promise<{ verdict: Verdict; why: string; checked: Checked | undefined }> {
    const at = new Date(BEGIN + 14 * DAY * this.#batches).toISOString().slice(0, 19).replace('T', ' ')
    const output_path = `${this.#batches++}/a.csv`
    const files = outputFiles(join(this.#folder, output_path))
    mkdirSync(join(files.final, '..'), { recursive: true })
    writeFileSync(files.partial, of.file ?? csvOf(of))
    const checker = createChecker({ checks: CHECK_DEFAULTS, sites: {}, workspace: this.#folder }, names)
    const { site: website, city, operation, product } = this.#list
    const task = {
      website,
      city: codeOf('city', city),
      operation: codeOf('operation', operation),
      product: codeOf('product', product),
    }
    const accepted = await acceptOutput(files, of.complete === true, () =>
      checker.check(
        {
          file: files.partial,
          quarantine: files.quarantine,
          task,
          mode: 'full',
          at,
          complete: of.complete,
          said: of.said ?? of.rows.length,
          report: of.report,
          seconds: of.seconds,
          history: this.#history,
        },
        new AbortController().signal,
      ),
    )
    const { checked } = accepted
    if ('refused' in accepted) return { verdict: 'failed', why: accepted.message, checked }
    const verdict = checked?.verdict ?? 'ok'
    const why = (checked?.findings ?? [])
      .filter((each) => each.verdict !== 'ok')
      .map(({ code, message }) => `${code}: ${message}`)
      .join('; ')
    if (checked && verdict === 'ok') this.#history.unshift({ ...checked.facts, output_path, at })
    return { verdict, why, checked }
  }
}

export function csvOf({ columns, rows }: Delivered, delimiter = ','): string {
  return stringify(
    rows.map((row) => columns.map((column) => row[column as Column])),
    { header: true, columns, delimiter },
  )
}
