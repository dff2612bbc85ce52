import { openSync, writeSync } from 'node:fs'
import { load } from 'cheerio/slim'
import { pageListings } from './page-listings.ts'

/**
 * What a script of thirty lines does: fetch, parse, find the JSON, write ten columns of each listing, tell of each
 * page. Arguments: origin, file, pages.
 */
const [origin, path = '', pages] = process.argv.slice(2)

const file = openSync(path, 'w')
for (let page = 1; page <= Number(pages); page += 1) {
  const html = await (await fetch(`${origin}/list?page=${page}`)).text()
  const $ = load(html)
  const scripts = $('script').toArray()
  writeSync(file, pageListings(scripts.map((script) => $(script).text())))
  console.log(JSON.stringify({ type: 'progress', page }))
}
