import type { NameBooks } from './codes.ts'
import { HEADINGS, type Column, type Columns } from './columns.ts'
import type { Site } from './sites.ts'
import { quote, repairEncoding } from './text.ts'
import { checkUrl } from './url.ts'

/** Why a row cannot be planned. `column`: 1-based place of the cell. */
export interface Fault {
  column?: number
  message: string
  remedy: string
}

/** A row as far as it can be understood; whole when there is no fault. */
export interface Row {
  line: number
  site: Site | undefined
  city: string | undefined
  operation: string | undefined
  product: string | undefined
  /** In its normal form; as written when it is faulty. */
  url: string
  /** What the site column says; empty where it says nothing. */
  saidSite: string
  /** Whether the site column names another site than the URL's. */
  otherSite: boolean
  /** Whether a cell was double-encoded. */
  repaired: boolean
  faults: Fault[]
}

export interface WholeRow extends Row {
  site: Site
  city: string
  operation: string
  product: string
}

/** A row without a fault has everything. */
export function isWhole(row: Row): row is WholeRow {
  return row.faults.length === 0
}

/** Reads the rows of one list, whose header said where the columns stand. */
export function rowReader(
  columns: Columns,
  books: NameBooks,
  findSite: (hostname: string) => Site | undefined,
): (cells: readonly string[], line: number) => Row {
  return (cells, line) => {
    const faults: Fault[] = []
    let repaired = false

    function cell(column: Column): string {
      const written = cells[columns.at[column] ?? -1]?.trim() ?? ''
      const text = repairEncoding(written)
      if (text !== written) repaired = true
      return text
    }

    function fault(column: Column, message: string, remedy: string): undefined {
      const at = columns.at[column]
      faults.push({
        ...(at !== undefined && { column: at + 1 }),
        message: `${HEADINGS[column]}: ${message}`,
        remedy,
      })
    }

    function code(column: 'city' | 'operation' | 'product'): string | undefined {
      const text = cell(column)
      if (text === '') return fault(column, 'empty', `fill in the cell, or delete the line`)
      const found = books[column].find(text)
      if (found !== undefined) return found
      const near = books[column].suggest(text)
      const hint = near ? `; nearest: ${quote(near.name)} (${near.code})` : ''
      const remedy = `write a name of the code list, add the name to codes.csv, or the spelling to aliases.${column} in zafra.yaml`
      return fault(column, `${quote(text)} is not in the code list${hint}`, remedy)
    }

    function address(): { url: string; site: Site | undefined } {
      const text = cell('url')
      if (text === '') {
        fault('url', 'empty', 'fill in the cell, or delete the line')
        return { url: '', site: undefined }
      }
      const checked = checkUrl(text)
      if ('fault' in checked) {
        fault('url', checked.fault, 'write the address of the page as the browser shows it')
        return { url: text, site: undefined }
      }
      const site = findSite(checked.hostname)
      if (site === undefined) {
        fault(
          'url',
          `no site has the host ${quote(checked.hostname)}`,
          'mend the URL, or add the site under sites in zafra.yaml',
        )
      } else if (!site.enabled) {
        fault(
          'url',
          `the site ${site.code} is switched off`,
          `set sites.${site.code}.enabled in zafra.yaml to true, or move the line out of the list`,
        )
      }
      return { url: checked.url, site }
    }

    if (cells.slice(columns.width).some((surplus) => surplus.trim() !== '')) {
      faults.push({
        message: `the row has ${cells.length} cells, the header ${columns.width}`,
        remedy: 'put a value that holds a comma in quotation marks',
      })
    }
    const codes = { city: code('city'), operation: code('operation'), product: code('product') }
    const { url, site } = address()
    const saidSite = cell('website')
    const otherSite = saidSite !== '' && site !== undefined && books.website.find(saidSite) !== site.code
    return { line, ...codes, url, site, saidSite, otherSite, repaired, faults }
  }
}
