import { openSync, writeSync } from 'node:fs'
import type { CheerioAPI } from 'cheerio/slim'
import { pageListings } from './page-listings.ts'

/** The part of @crawlee/cheerio that is used: it is no dependency of ours, so its types may not be there. */
interface Crawlee {
  CheerioCrawler: new (
    options: object,
    configuration: object,
  ) => { run(urls: readonly string[]): Promise<unknown> }
  Configuration: new (options: object) => object
  log: { setLevel(level: number): void; LEVELS: { WARNING: number } }
}

/**
 * The crawl of `bare-loop.ts` in @crawlee/cheerio: one page at a time, in order, nothing kept on the disk, no pauses.
 * Arguments: origin, file, pages.
 */
const [origin, path = '', pages] = process.argv.slice(2)
const name: string = '@crawlee/cheerio'
const { CheerioCrawler, Configuration, log } = (await import(name)) as Crawlee
log.setLevel(log.LEVELS.WARNING)

const file = openSync(path, 'w')
let page = 0
const requestHandler = ({ $ }: { $: CheerioAPI }) => {
  const scripts = $('script').toArray()
  writeSync(file, pageListings(scripts.map((script) => $(script).text())))
  page += 1
  console.log(JSON.stringify({ type: 'progress', page }))
}
const options = { maxConcurrency: 1, requestHandler }
const crawler = new CheerioCrawler(options, new Configuration({ persistStorage: false }))
await crawler.run(Array.from({ length: Number(pages) }, (_, at) => `${origin}/list?page=${at + 1}`))
