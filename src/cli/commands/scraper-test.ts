import { join, resolve } from 'node:path'
import type { Argv } from 'yargs'
import { command, facts, type Globals, type Verdict } from '../command.ts'
import { readPages } from '../scraper/read-pages.ts'
import { printReading } from '../scraper/reading-printer.ts'
import { readExpectation, shortfalls } from '../scraper/recorded.ts'
import { subjectOf } from '../scraper/subject.ts'
import { workspaceConfig } from '../workspace.ts'
import { RECORDINGS } from './scraper-record.ts'

export const test = command({
  command: 'test <scraper> [dir]',
  describe: 'read recorded pages with a scraper, without the network',
  examples: [
    ['zafra scraper test CyT', 'exit status 1 where less is found than when recorded'],
    ['zafra scraper test scrapers/cyt.ts recordings/cyt --json', '{pages, coverage, first, faults, …}'],
  ],
  options: (yargs: Argv<Globals>) =>
    facts(yargs)
      .positional('scraper', {
        type: 'string',
        demandOption: true,
        describe: 'site, scraper, or path of one',
      })
      .positional('dir', {
        type: 'string',
        describe: 'folder of the recording; default: recordings/SCRAPER',
      }),
  async run(options, output, io): Promise<Verdict> {
    const config = await workspaceConfig(options, io)
    const subject = subjectOf(config, options.scraper, io.cwd)
    const folder = options.dir
      ? resolve(io.cwd, options.dir)
      : join(config.workspace, RECORDINGS, subject.name)
    const expected = await readExpectation(folder)
    const { url, max_pages } = expected
    const reading = await readPages({ subject, config, io, url, max_pages, folder }, 'replay')
    const faults = shortfalls(reading, expected)
    if (output.json) output.document({ scraper: subject.name, folder, url, ...reading, expected, faults })
    else printReading(reading, expected, output)
    for (const fault of faults) output.note(fault)
    return faults.length > 0 ? 'failed' : 'done'
  },
})
