import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Argv } from 'yargs'
import { command, facts, type Globals, type Io, type Verdict } from '../command.ts'
import type { Output } from '../output.ts'
import { checkScraper } from '../scraper/check/check-scraper.ts'
import type { Clause } from '../scraper/check/clause.ts'
import { inSandbox } from '../scraper/sandbox.ts'
import { isProgramPath, subjectOf } from '../scraper/subject.ts'
import { many } from '../words.ts'
import { workspaceConfig } from '../workspace.ts'

export const check = command({
  command: 'check <scraper>',
  describe: 'run a scraper of any language in a sandbox and hold it to the contract, clause by clause',
  examples: [
    [
      'zafra scraper check scrapers/mine.py',
      'against a small portal on this machine, in a temporary workspace',
    ],
    ['zafra scraper check mine --url URL --json', 'against pages elsewhere; {scraper, clauses, broken}'],
  ],
  options: (yargs: Argv<Globals>) =>
    facts(yargs)
      .positional('scraper', {
        type: 'string',
        demandOption: true,
        describe: 'path of a program, scraper or site',
      })
      .option('url', {
        type: 'string',
        requiresArg: true,
        describe: 'what it is to read, instead of our portal',
      })
      .option('detail', { type: 'boolean', describe: 'as one that reads the list of a main scraper' })
      .option('timeout', {
        type: 'number',
        requiresArg: true,
        default: 60,
        describe: 'seconds for each of its runs',
      })
      .option('grace', { type: 'number', requiresArg: true, default: 10, describe: 'seconds for stopping' })
      .check(
        ({ timeout, grace }) => (timeout > 0 && grace > 0) || '--timeout and --grace are seconds above 0',
      )
      .epilogue('Exit status 1 where a clause that the engine depends on is broken.'),
  run: (options, output, io) =>
    inSandbox(async (folder): Promise<Verdict> => {
      const config = await configFor(options, options.scraper, folder, io)
      const subject = subjectOf(config, options.scraper, io.cwd)
      const mode = (options.detail ?? subject.detail) ? 'detail' : 'full'
      const { url, timeout: limit, grace } = options
      const clauses = await checkScraper({ subject, config, io, url, mode, limit, grace, folder })
      const broken = clauses.filter(({ level, verdict }) => level === 'must' && verdict === 'fail')
      if (output.json) output.document({ scraper: subject.name, mode, clauses, broken: broken.length })
      else print(subject.name, clauses, broken.length, output)
      return broken.length > 0 ? 'failed' : 'done'
    }),
})

/** That of the workspace; a program by its path can be checked without one. */
async function configFor(globals: Globals, word: string, folder: string, io: Io) {
  const { findWorkspace } = await import('../../config/workspace.ts')
  const needless = globals.workspace === undefined && isProgramPath(word, io.cwd)
  if (!needless || findWorkspace(io.cwd) !== undefined) return workspaceConfig(globals, io)
  await writeFile(join(folder, 'zafra.yaml'), '')
  return workspaceConfig({ workspace: folder }, io)
}

function print(name: string, clauses: readonly Clause[], broken: number, output: Output): void {
  output.table(
    [
      { name: 'clause' },
      { name: 'level' },
      {
        name: 'verdict',
        style: (verdict, colour) =>
          verdict === 'fail' ? colour.red : verdict === 'pass' ? colour.green : colour.dim,
      },
      { name: 'detail' },
    ],
    clauses.map(({ clause, level, verdict, detail }) => [clause, level, verdict, detail]),
  )
  const failed = clauses.filter(({ verdict }) => verdict === 'fail').length - broken
  const rest = failed > 0 ? `; ${failed} that it should keep` : ''
  output.note(
    `${name}: ${broken === 0 ? 'every clause it must keep is kept' : `${many(broken, 'clause')} broken that it must keep`}${rest}`,
  )
}
