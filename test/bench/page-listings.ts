import { stringify } from 'csv-stringify/sync'

/** As many as the user's earlier script wrote. */
const COLUMNS = ['name', 'neighborhood', 'canonical', 'priceSale', 'currency', 'rooms', 'bathrooms']
const MORE = ['parkingLots', 'surface', 'id']

/** The listings of a page of the App Router, as a script of thirty lines finds them: ten columns of each, as CSV. */
export function pageListings(scripts: readonly string[]): string {
  const pieces = scripts.map((script) => /self\.__next_f\.push\((\[1,[\s\S]*\])\)$/.exec(script)?.[1])
  const stream = pieces.map((piece) => (piece ? (JSON.parse(piece) as [number, string])[1] : '')).join('')
  const line = stream.split('\n').find((each) => each.includes('estimatedTotalHits')) ?? ''
  const found = JSON.parse(line.slice(line.indexOf(':') + 1)) as [
    0,
    0,
    0,
    { search: { properties: object[] } },
  ]
  const listings = found[3].search.properties as Record<string, unknown>[]
  return stringify(listings.map((each) => [...COLUMNS, ...MORE].map((name) => each[name])))
}
