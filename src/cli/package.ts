import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The launcher of this program. */
export const PROGRAM = fileURLToPath(new URL('../../bin/zafra.js', import.meta.url))

/** Where the build puts the built-in scrapers. */
export const BUILTIN_SCRAPERS = fileURLToPath(new URL('../../dist/scrapers', import.meta.url))

/** The version of this program, as its package says. */
export function version(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
