import { openSync, writeSync } from 'node:fs'
import { load } from 'cheerio/slim'
import { stringify } from 'csv-stringify/sync'

/**
 * What a script of thirty lines does: fetch, parse, find the JSON, write ten columns of each listing, tell of each
 * page. Arguments: origin, file, pages.
 */
const [origin, path = '', pages] = process.argv.slice(2)
/** As many as the user's earlier script wrote. */
const COLUMNS = ['name', 'neighborhood', 'canonical', 'priceSale', 'currency', 'rooms', 'bathrooms']
const MORE = ['parkingLots', 'surface', 'id']

const file = openSync(path, 'w')
for (let page = 1; page <= Number(pages); page += 1) {
  const html = await (await fetch(`${origin}/list?page=${page}`)).text()
  const $ = load(html)
  const pieces = $('script')
    .toArray()
    .map((script) => /self\.__next_f\.push\((\[1,[\s\S]*\])\)$/.exec($(script).text())?.[1])
  const stream = pieces.map((piece) => (piece ? (JSON.parse(piece) as [number, string])[1] : '')).join('')
  const line = stream.split('\n').find((each) => each.includes('estimatedTotalHits')) ?? ''
  const found = JSON.parse(line.slice(line.indexOf(':') + 1)) as [
    0,
    0,
    0,
    { search: { properties: object[] } },
  ]
  const listings = found[3].search.properties as Record<string, unknown>[]
  writeSync(file, stringify(listings.map((each) => [...COLUMNS, ...MORE].map((name) => each[name]))))
  console.log(JSON.stringify({ type: 'progress', rows: listings.length }))
}
