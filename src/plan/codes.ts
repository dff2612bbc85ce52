import { readFile } from 'node:fs/promises'
import { CODE_KINDS, type CodeKind } from '../domain/codes.ts'
import type { Config } from '../domain/config.ts'
import { reason, ZafraError } from '../domain/error.ts'
import type { Problem } from '../domain/plan.ts'
import { parseCodeList } from './code-list.ts'
import { NameBook } from './names.ts'
import { inWorkspace } from './place.ts'
import { shippedCodes } from './shipped-codes.ts'
import { quote } from './text.ts'

export type NameBooks = Readonly<Record<CodeKind, NameBook>>

/**
 * All names in force. Later ones win where the spelling is the same: the shipped list, the sites of zafra.yaml,
 * the workspace's codes.csv (where there is one), the aliases of zafra.yaml.
 * @throws ZafraError `lists` where codes.csv is there and cannot be read
 */
export async function loadNames(config: Config): Promise<{ books: NameBooks; problems: Problem[] }> {
  const books: NameBooks = {
    website: new NameBook(),
    city: new NameBook(),
    operation: new NameBook(),
    product: new NameBook(),
  }
  for (const kind of CODE_KINDS) {
    for (const [name, code] of Object.entries(shippedCodes[kind])) books[kind].add(name, code)
  }
  for (const [code, { name }] of Object.entries(config.sites)) books.website.add(name, code)

  const file = inWorkspace(config, config.paths.codes)
  const { entries, faults } = await readCodeList(config.paths.codes)
  for (const { kind, name, code } of entries) books[kind].add(name, code)
  const problems = faults.map((fault): Problem => ({ file, severity: 'warning', ...fault }))
  return { books, problems: [...problems, ...addAliases(config, books)] }
}

function addAliases(config: Config, books: NameBooks): Problem[] {
  return CODE_KINDS.flatMap((kind) =>
    Object.entries(config.aliases[kind]).flatMap(([spelling, target]): Problem[] => {
      const code = books[kind].find(target)
      if (code !== undefined) {
        books[kind].add(spelling, code)
        return []
      }
      return [
        {
          file: 'zafra.yaml',
          line: 0,
          severity: 'warning',
          message: `aliases.${kind}: ${quote(spelling)} stands for ${quote(target)}, which is no name or code`,
          remedy: `write a name or code of the code list there, or add it to ${inWorkspace(config, config.paths.codes)}`,
        },
      ]
    }),
  )
}

async function readCodeList(path: string): Promise<ReturnType<typeof parseCodeList>> {
  try {
    return parseCodeList(decode(await readFile(path)))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { entries: [], faults: [] }
    throw new ZafraError(
      'lists',
      `the code list ${path} cannot be read (${reason(error)}); mend it, or delete it to use the shipped one`,
      { cause: error },
    )
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
