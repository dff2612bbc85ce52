import { join, resolve } from 'node:path'
import type { Argv } from 'yargs'
import type { Config } from '../../domain/config.ts'
import { ZafraError } from '../../domain/error.ts'
import { command, facts, type Globals, type Verdict } from '../command.ts'
import { openPlanner } from '../assemble.ts'
import { readPages } from '../scraper/read-pages.ts'
import { printReading } from '../scraper/reading-printer.ts'
import { replaceRecording, writeExpectation } from '../scraper/recorded.ts'
import { subjectOf, type Subject } from '../scraper/subject.ts'
import { workspaceConfig } from '../workspace.ts'

/** Where recordings stand in a workspace, each in a folder of its scraper's name. */
export const RECORDINGS = 'recordings'

export const record = command({
  command: 'record <scraper>',
  describe: 'fetch a few pages with a scraper and keep them in a folder',
  examples: [
    ['zafra scraper record CyT', 'the first URL of CyT in the lists, two pages, to recordings/cyt'],
    ['zafra scraper record inm24_det --url URL', 'one listing, for a detail scraper'],
  ],
  options: (yargs: Argv<Globals>) =>
    facts(yargs)
      .positional('scraper', {
        type: 'string',
        demandOption: true,
        describe: 'site, scraper, or path of one',
      })
      .option('url', {
        type: 'string',
        requiresArg: true,
        describe: "default: the site's first in the lists",
      })
      .option('pages', {
        type: 'number',
        requiresArg: true,
        default: 2,
        describe: 'how many pages of the list',
      })
      .option('out', { alias: 'o', type: 'string', requiresArg: true, describe: 'folder of the recording' })
      .check(
        ({ pages }) => (Number.isSafeInteger(pages) && pages > 0) || '--pages is a whole number above 0',
      ),
  async run(options, output, io): Promise<Verdict> {
    const config = await workspaceConfig(options, io)
    const subject = subjectOf(config, options.scraper, io.cwd)
    const url = options.url ?? (await firstUrl(config, subject))
    const folder = options.out
      ? resolve(io.cwd, options.out)
      : join(config.workspace, RECORDINGS, subject.name)
    const { pages: max_pages } = options
    const { reading, recorded } = await replaceRecording(folder, async (fresh) => {
      const read = await readPages({ subject, config, io, url, max_pages, folder: fresh }, 'record')
      await writeExpectation(fresh, { scraper: subject.name, url, max_pages }, read)
      return read
    })
    if (output.json) output.document({ scraper: subject.name, folder, url, recorded, ...reading })
    else printReading(reading, null, output)
    if (reading.error !== null) output.note(reading.error)
    const replay = `zafra scraper test ${options.scraper} replays it`
    output.note(
      recorded ? `Kept in ${folder}; ${replay}` : `The earlier recording in ${folder} stays; ${replay}`,
    )
    return reading.error === null ? 'done' : 'failed'
  },
})

async function firstUrl(config: Config, { name, site, detail }: Subject): Promise<string> {
  if (detail) throw new ZafraError('usage', `${name} reads single listings: say which one with --url`)
  const planner = await openPlanner(config)
  const { tasks } = await planner.plan({ month_year: 'Ene25', execution_number: 1 }, {})
  const task = tasks.find(({ website, depends_on }) => website === site && depends_on === null)
  if (task) return task.url
  throw new ZafraError('usage', `the lists have no URL for ${name}: say one with --url`)
}
