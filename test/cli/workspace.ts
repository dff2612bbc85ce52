import { writeTree } from '../support/program.ts'

const HEADER = 'PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL'

/** What a page could put into a message: a title set, colours, a carriage return, a bidi override. */
export const HOSTILE = '\u001b]0;owned\u0007\u001b[31mrojo\r\u202egol'

/** What `zafra run -v` says when a task runs: in its first line, or in one of the task's own. */
export const RUNNING = /1 running|running +1/

/** A list's row: houses for sale in `city` at Casas y Terrenos. */
export function listRow(city: string): string {
  return `Casas y Terrenos,${city},venta,Casas,https://www.casasyterrenos.com/jalisco/${city.toLowerCase()}/casas/venta`
}

/**
 * A workspace whose one scraper needs no network. In Tonala it fails for good with a hostile message, in
 * Zapopan it writes two rows; in Guadalajara it waits until the file `go` is in the workspace, if `waits`.
 */
export function makeWorkspace(folder: string, options: { cities: readonly string[]; waits?: boolean }): void {
  writeTree(folder, {
    'zafra.yaml': `
execution: { max_parallel: 2, max_attempts: 2, max_cpu: 100, max_memory: 100, min_free_disk: 0, grace: 1 }
sites:
  CyT: { scraper: tiny }
`,
    'urls/cyt_urls.csv': [HEADER, ...options.cities.map(listRow), ''].join('\n'),
    'scrapers/tiny.mjs': `
import { existsSync, writeFileSync } from 'node:fs'
const { SCRAPER_CITY, SCRAPER_OUTPUT_FILE, SCRAPER_BASE_DIR } = process.env
console.log('begin ' + SCRAPER_CITY)
if (SCRAPER_CITY === 'Ton') {
  const message = ${JSON.stringify(HOSTILE)}
  console.error(message)
  console.log(JSON.stringify({ scraper: 1, type: 'error', class: 'config', message }))
  process.exit(78)
}
while (${options.waits ?? false} && SCRAPER_CITY === 'Gdl' && !existsSync(SCRAPER_BASE_DIR + '/go')) {
  await new Promise((resolve) => setTimeout(resolve, 20))
}
writeFileSync(SCRAPER_OUTPUT_FILE, 'url\\n1\\n2\\n')
`,
  })
}
