import { createRequire } from 'node:module'

/** The version of this program, as its package says. */
export function version(): string {
  const manifest = createRequire(import.meta.url)('../../package.json') as { version: string }
  return manifest.version
}
