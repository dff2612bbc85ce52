import type { Argv } from 'yargs'
import { command, type Globals } from '../command.ts'
import { copyScraper } from '../scraper/copy.ts'
import { workspaceConfig } from '../workspace.ts'

export const copy = command({
  command: 'copy <scraper>',
  describe: 'copy a built-in scraper to scrapers/, to be repaired there; the copy is taken from then on',
  examples: [['zafra scraper copy CyT', 'to scrapers/cyt.ts; zafra scraper test CyT then tries that one']],
  options: (yargs: Argv<Globals>) =>
    yargs.positional('scraper', {
      type: 'string',
      demandOption: true,
      describe: 'site (its main scraper), or scraper',
    }),
  async run(options, output, io) {
    const { workspace, sites } = await workspaceConfig(options, io)
    const name = sites[options.scraper]?.scraper ?? options.scraper
    for (const path of await copyScraper(workspace, name)) output.line(path)
    output.note(`${name} is taken from there now; remove the file to go back to the built-in one`)
  },
})
