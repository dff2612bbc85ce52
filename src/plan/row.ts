import { emptyCell, faultIn, nameReader, type Fault } from './cell.ts'
import type { NameBooks } from './codes.ts'
import type { Columns } from './columns.ts'
import type { Site } from './sites.ts'
import { quote, repairEncoding, visible } from './text.ts'
import { checkUrl } from './url.ts'

/** A row as far as it can be understood; whole when there is no fault. */
export interface Row {
  line: number
  site: Site | undefined
  city: string | undefined
  operation: string | undefined
  product: string | undefined
  /** In its normal form; as written when it is faulty. */
  url: string
  /** What the site column says, where it names another site than the URL's. */
  otherSite: string | undefined
  /** Whether a cell was double-encoded. */
  repaired: boolean
  faults: readonly Fault[]
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
  const readSite = nameReader('website', columns, books.website)
  const readCity = nameReader('city', columns, books.city)
  const readOperation = nameReader('operation', columns, books.operation)
  const readProduct = nameReader('product', columns, books.product)
  return (cells, line) => {
    const [said, city, operation, product] = [
      readSite(cells),
      readCity(cells),
      readOperation(cells),
      readProduct(cells),
    ]
    const address = readAddress(cells, columns, findSite)
    const { site, url } = address
    const faults = [surplus(cells, columns), city.fault, operation.fault, product.fault, address.fault]
    return {
      line,
      site,
      city: city.code,
      operation: operation.code,
      product: product.code,
      url,
      otherSite: said.text !== '' && site !== undefined && said.code !== site.code ? said.text : undefined,
      repaired: said.repaired || city.repaired || operation.repaired || product.repaired || address.repaired,
      faults: faults.filter((fault) => fault !== undefined),
    }
  }
}

interface Address {
  url: string
  site: Site | undefined
  repaired: boolean
  fault: Fault | undefined
}

function readAddress(
  cells: readonly string[],
  columns: Columns,
  findSite: (hostname: string) => Site | undefined,
): Address {
  const written = visible(cells[columns.at.url ?? -1] ?? '').trim()
  const text = repairEncoding(written)
  const repaired = text !== written
  if (text === '') return { url: '', site: undefined, repaired, fault: emptyCell('url', columns) }
  const checked = checkUrl(text)
  if ('fault' in checked) {
    const fault = faultIn(
      'url',
      columns,
      checked.fault,
      'write the address of the page as the browser shows it',
    )
    return { url: text, site: undefined, repaired, fault }
  }
  const site = findSite(checked.hostname)
  return { url: checked.url, site, repaired, fault: siteFault(site, checked.hostname, columns) }
}

function siteFault(site: Site | undefined, hostname: string, columns: Columns): Fault | undefined {
  if (site === undefined) {
    const message = `no site has the host ${quote(hostname)}`
    return faultIn('url', columns, message, 'mend the URL, or add the site under sites in zafra.yaml')
  }
  if (site.enabled) return undefined
  const remedy = `set sites.${site.code}.enabled in zafra.yaml to true, or move the line out of the list`
  return faultIn('url', columns, `the site ${site.code} is switched off`, remedy)
}

function surplus(cells: readonly string[], { width }: Columns): Fault | undefined {
  if (cells.length <= width || cells.slice(width).every((cell) => cell.trim() === '')) return undefined
  return {
    message: `the row has ${cells.length} cells, the header ${width}`,
    remedy: 'put a value that holds a comma in quotation marks',
  }
}
