import { existsSync, globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAst } from 'vitest/node'
import { describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The folders in which a package is at home (source: design.md, The rule). */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  'sql.js': ['src/store'],
  kysely: ['src/store'],
  'node:sqlite': ['src/store'],
  execa: ['src/runner'],
  'node-cron': ['src/scheduler'],
  ink: ['src/tui'],
  react: ['src/tui'],
  fuzzysort: ['src/tui'],
  pino: ['src/cli'],
  yargs: ['src/cli'],
  chalk: ['src/tui', 'src/cli'],
  'string-width': ['src/tui', 'src/cli'],
  hono: ['src/api'],
  'prom-client': ['src/api'],
  nodemailer: ['src/notify'],
  '@hono/node-server': ['src/api'],
  zod: ['src/config', 'src/api'],
  yaml: ['src/config'],
  'csv-parse': ['scrapers'],
  'csv-stringify': ['src/csv'],
  cheerio: ['scrapers'],
  entities: ['scrapers'],
  'playwright-core': ['scrapers'],
  'ipaddr.js': ['scrapers'],
  'robots-parser': ['scrapers'],
}

/** The folders that every other one may use. */
const SHARED: readonly string[] = ['src/domain', 'src/csv']

/** Folders of which no file is on a cycle of imports, those of types included. */
const ACYCLIC: readonly string[] = ['src/tui/cells', 'src/tui/components']

/** Files that may end the process. */
// The starter is a program of its own.
const EXITS: readonly string[] = ['src/cli/main.ts', 'src/runner/starter-process.ts']

interface Source {
  /** Relative to the repository. */
  file: string
  text: string
}

interface Found {
  /** Null where it is not written down as a plain string. */
  specifiers: (string | null)[]
  exits: boolean
}

type Node = { type: string } & Record<string, unknown>

function sources(): Source[] {
  return globSync('{src,scrapers}/**/*.{ts,tsx}', { cwd: ROOT }).map((file) => ({
    file,
    text: readFileSync(join(ROOT, file), 'utf8'),
  }))
}

function read({ file, text }: Source): Found {
  const found: Found = { specifiers: [], exits: false }
  walk(parseAst(text, { lang: file.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node, found)
  return found
}

/** Collects what a syntax tree loads: imports, exports from, `import()`, `require` and what amounts to them. */
function walk(node: Node, found: Found): void {
  const argument = Array.isArray(node['arguments']) ? node['arguments'][0] : undefined
  if (['ImportDeclaration', 'ExportAllDeclaration', 'ImportExpression', 'TSImportType'].includes(node.type)) {
    found.specifiers.push(literal(node['source'] ?? node['argument']))
  } else if (node.type === 'ExportNamedDeclaration' && node['source']) {
    found.specifiers.push(literal(node['source']))
  } else if (node.type === 'TSExternalModuleReference') {
    found.specifiers.push(literal(node['expression']))
  } else if (
    node.type === 'CallExpression' &&
    ['require', 'getBuiltinModule', 'createRequire()'].includes(called(node))
  ) {
    found.specifiers.push(literal(argument))
  }
  if (node.type === 'MemberExpression' && nameOf(node['object']) === 'process') {
    found.exits ||= ['exit', 'reallyExit', 'abort'].includes(nameOf(node['property']))
  }
  for (const child of Object.values(node).flat()) if (isNode(child)) walk(child, found)
}

function called(node: Node): string {
  const callee = node['callee'] as Node
  if (callee.type === 'CallExpression') return `${called(callee)}()`
  return nameOf(callee.type === 'MemberExpression' ? callee['property'] : callee)
}

function nameOf(node: unknown): string {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : ''
}

function literal(node: unknown): string | null {
  if (!isNode(node)) return null
  if (isNode(node['literal'])) return literal(node['literal'])
  return node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** What a source does that it must not, in words. */
function offences(source: Source): string[] {
  const { specifiers, exits } = read(source)
  const wrong = specifiers.flatMap((specifier) => offence(source.file, specifier) ?? [])
  if (exits && source.file.startsWith('src') && !EXITS.includes(source.file)) wrong.push('ends the process')
  return wrong.map((what) => `${source.file} ${what}`)
}

function offence(file: string, specifier: string | null): string | undefined {
  if (specifier === null) return 'loads what cannot be told from its text'
  return specifier.startsWith('.') ? fileOffence(file, specifier) : packageOffence(file, specifier)
}

function fileOffence(file: string, specifier: string): string | undefined {
  const target = join(dirname(file), specifier)
  if (!existsSync(join(ROOT, target))) return `loads ${specifier}, which does not exist`
  const [from, to] = [folderOf(file), folderOf(target)]
  const allowed =
    from === to ||
    (SHARED.includes(to) && from !== 'scrapers' && from !== 'src/domain') ||
    (from === 'src/cli' && to.startsWith('src/'))
  return allowed ? undefined : `loads ${target}`
}

function packageOffence(file: string, specifier: string): string | undefined {
  const name = specifier.startsWith('@')
    ? specifier.split('/').slice(0, 2).join('/')
    : specifier.split('/')[0]
  const homes = HOMES[name ?? '']
  if (homes)
    return homes.includes(folderOf(file)) ? undefined : `loads ${name}, at home in ${homes.join(', ')}`
  if (!isBuiltin(specifier)) return `loads ${specifier}, which has no home`
  if (!specifier.startsWith('node:')) return `loads ${specifier} without node:`
  if (specifier === 'node:process') return 'loads node:process, which is global'
  return folderOf(file) === 'src/domain' ? `loads ${specifier}, and the domain loads nothing` : undefined
}

/** The files that a source loads, relative to the repository. */
function loaded(source: Source): string[] {
  const own = read(source).specifiers.filter((specifier) => specifier?.startsWith('.'))
  return own.map((specifier) => join(dirname(source.file), specifier ?? ''))
}

/** The files from which a way of imports leads back to them. */
function onCycles(imports: ReadonlyMap<string, readonly string[]>, files: readonly string[]): string[] {
  return files.filter((file) => {
    const seen = new Set<string>()
    const ahead = [...(imports.get(file) ?? [])]
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      if (next === file) return true
      if (seen.has(next)) continue
      seen.add(next)
      ahead.push(...(imports.get(next) ?? []))
    }
    return false
  })
}

/** `src/store`, or `scrapers`. */
function folderOf(file: string): string {
  const [top, folder] = relative('.', file).split(sep)
  return top === 'src' ? `src/${folder}` : (top ?? '')
}

describe('the dependency rule', () => {
  test('holds in every source, and every import has been read', () => {
    const all = sources()
    const folders = new Set(all.map(({ file }) => folderOf(file)))
    const imports = all.flatMap((source) => read(source).specifiers)
    expect([...folders]).toEqual(
      expect.arrayContaining(['cli', 'domain', 'engine', 'store', 'tui'].map((folder) => `src/${folder}`)),
    )
    expect(all.length).toBeGreaterThan(100)
    expect(imports.length).toBeGreaterThan(3 * all.length)
    expect(all.flatMap(offences)).toEqual([])
  })

  test('what the screens are built from is on no cycle of imports', () => {
    const all = sources()
    const imports = new Map(all.map((source) => [source.file, loaded(source)]))
    const files = all.map(({ file }) => file).filter((file) => ACYCLIC.includes(dirname(file)))
    expect(files.length).toBeGreaterThan(ACYCLIC.length)
    expect(onCycles(imports, files)).toEqual([])
    expect(
      onCycles(
        new Map([
          ['a', ['b']],
          ['b', ['c', 'd']],
          ['c', ['b']],
        ]),
        ['a', 'b', 'd'],
      ),
    ).toEqual(['b'])
  })

  test('every package with a home is one that Zafra depends on, and the other way round', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
      optionalDependencies: Record<string, string>
    }
    const needed = { ...manifest.dependencies, ...manifest.optionalDependencies }
    const homed = Object.keys(HOMES).filter((name) => !isBuiltin(name))
    expect(homed.toSorted()).toEqual(Object.keys(needed).toSorted())
  })

  test.each([
    ['src/store/x.ts', "import { a } from '../engine/core.ts'", 'loads src/engine/core.ts'],
    ['src/store/x.ts', "export * from '../engine/core.ts'", 'loads src/engine/core.ts'],
    ['src/store/x.ts', "export { a } from '../engine/core.ts'", 'loads src/engine/core.ts'],
    ['src/store/x.ts', "import '../engine/core.ts'", 'loads src/engine/core.ts'],
    ['src/store/x.ts', "import type { A } from '../engine/core.ts'", 'loads src/engine/core.ts'],
    ['src/store/x.ts', "type A = import('../engine/core.ts').A", 'loads src/engine/core.ts'],
    ['src/store/x.ts', "const a = await import('../engine/core.ts')", 'loads src/engine/core.ts'],
    ['src/store/x.ts', 'const a = await import(name)', 'loads what cannot be told from its text'],
    ['src/store/x.ts', "const a = require('../engine/core.ts')", 'loads src/engine/core.ts'],
    ['src/store/x.ts', "createRequire(here)('../engine/core.ts')", 'loads src/engine/core.ts'],
    ['src/domain/x.ts', "import { a } from '../csv/write.ts'", 'loads src/csv/write.ts'],
    ['src/csv/x.ts', "import { a } from '../checks/index.ts'", 'loads src/checks/index.ts'],
    ['src/store/x.ts', "import { a } from './no-such.ts'", 'loads ./no-such.ts, which does not exist'],
    ['src/engine/x.ts', "process.getBuiltinModule('node:sqlite')", 'loads node:sqlite, at home in src/store'],
    ['src/engine/x.ts', "import { execa } from 'execa'", 'loads execa, at home in src/runner'],
    ['src/engine/x.ts', "import x from 'left-pad'", 'loads left-pad, which has no home'],
    ['src/domain/x.ts', "import fs from 'node:fs'", 'loads node:fs, and the domain loads nothing'],
    ['src/runner/x.ts', "import fs from 'fs'", 'loads fs without node:'],
    ['src/runner/x.ts', "import { exit } from 'node:process'", 'loads node:process, which is global'],
    ['scrapers/x.ts', "import { safe } from '../src/domain/safe.ts'", 'loads src/domain/safe.ts'],
    ['src/tui/x.tsx', 'const a = <b />; process.exit(1)', 'ends the process'],
  ])('is broken by %s: %s', (file, text, expected) => {
    expect(offences({ file, text })).toEqual([`${file} ${expected}`])
  })
})
