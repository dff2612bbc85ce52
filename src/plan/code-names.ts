import type { CodeKind } from '../domain/codes.ts'
import type { Config } from '../domain/config.ts'
import { loadNames } from './codes.ts'

/** What the code lists in force call a code, and all others of its kind; nothing where they cannot be read. */
export function createCodeNames(config: Config) {
  return async (kind: CodeKind, code: string): Promise<{ own: string[]; others: string[] }> => {
    // A list that is damaged in the middle of a batch is no reason to refuse what a scraper delivered.
    const loaded = await loadNames(config).catch(() => undefined)
    return loaded?.books[kind].split(code) ?? { own: [], others: [] }
  }
}
