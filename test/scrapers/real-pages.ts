import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attempt, rowsOf, type Attempt } from './attempt.ts'
import { HOST, serve } from './site.ts'

const FIXTURES = new URL('../fixtures/portals/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'zafra-pages-'))
let runs = 0

/** A page with the structure of a real one (source: test/fixtures/portals). */
export function fixture(name: string): string {
  return readFileSync(new URL(name, FIXTURES), 'utf8')
}

export interface Read {
  rows: Record<string, string>[]
  /** Paths asked for, in order, robots.txt not among them. */
  asked: string[]
  result: Attempt
}

/**
 * What a scraper reads from the pages of a portal.
 * @param list the list's address, or that of the one listing for a detail scraper
 * @param pages body by path with its parameters; every other path is answered 404
 */
export async function readPages(
  scraper: string,
  list: string,
  pages: Record<string, string>,
  given: Record<string, string> = {},
): Promise<Read> {
  const { host } = new URL(list)
  const { env, asked } = await serve(({ path }, response) => {
    const page = pages[path]
    if (page !== undefined) response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
    else if (path !== '/robots.txt') response.writeHead(404).end()
  })
  runs += 1
  const output = join(folder, `${scraper}-${runs}.csv`)
  writeFileSync(`${output}.list`, `url\n${list}\n`)
  const origin = (JSON.parse(env.SCRAPER_HOST_MAP) as Record<string, string>)[HOST]
  const result = await attempt(scraper, {
    SCRAPER_HOST_MAP: JSON.stringify({ [host]: origin }),
    SCRAPER_OUTPUT_FILE: output,
    SCRAPER_INPUT_URL: list,
    SCRAPER_URL_LIST_FILE: `${output}.list`,
    ...given,
  })
  const paths = asked.map(({ path }) => path).filter((path) => path !== '/robots.txt')
  return { rows: rowsOf(output), asked: paths, result }
}

export const jsonLd = (value: object) =>
  `<script type="application/ld+json">${JSON.stringify(value)}</script>`
