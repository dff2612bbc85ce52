import { globSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { defineConfig } from 'rolldown'

/**
 * The program in few files, with React, Ink, yargs and the rest inside: to find and read a thousand small modules is
 * most of the time from a command to its first word. The folder is as deep as a room of `src/`, so that what stands
 * beside them (`migrations/`, `package.json`) has the same relative address from both.
 */
const program = defineConfig({
  input: {
    main: 'src/cli/main.ts',
    tui: 'src/tui/index.ts',
    'backup-thread': 'src/store/upkeep/backup-thread.ts',
    'starter-process': 'src/runner/starter-process.ts',
  },
  platform: 'node',
  // The one reads files of its own, the others are there only if somebody wants them.
  external: ['sql.js', 'playwright-core', 'react-devtools-core'],
  // React's development build leaks a measure for each rendering.
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  plugins: [
    {
      name: 'width',
      // What writes the help (yargs) measures it, and everything before that would wait until string-width is loaded.
      resolveId(source, importer = '') {
        const asks = source === 'string-width' && /node_modules[\\/](yargs|cliui)[\\/]/.test(importer)
        return asks ? resolve('src/cli/text-width.ts') : null
      },
    },
  ],
  output: {
    dir: 'dist/program',
    entryFileNames: '[name].js',
    chunkFileNames: '[name].js',
    // What nearly every command loads stands in one file.
    codeSplitting: { groups: [{ name: 'common', test: /src/, minShareCount: 12 }] },
  },
})

const SCRAPERS = globSync('scrapers/*.ts')

/**
 * Each scraper in few files too, since every task starts a process. What several of them share stands in a folder of
 * its own: a file beside them would be one more scraper.
 */
const scrapers = defineConfig({
  input: Object.fromEntries(SCRAPERS.map((file) => [basename(file, '.ts'), file])),
  platform: 'node',
  external: ['playwright-core'],
  plugins: [
    {
      name: 'beside',
      buildStart() {
        const keep = (file: string, fileName: string) =>
          this.emitFile({ type: 'asset', fileName, source: readFileSync(file) })
        // What the program reads beside a scraper, and what `zafra scraper copy` copies.
        for (const file of globSync('scrapers/*.about.json')) keep(file, basename(file))
        for (const file of SCRAPERS) keep(file, `source/${basename(file)}`)
      },
    },
  ],
  output: { dir: 'dist/scrapers', entryFileNames: '[name].js', chunkFileNames: 'shared/[name].js' },
})

export default [program, scrapers]
