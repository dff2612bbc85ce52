import type { Argv } from 'yargs'
import { command, type Globals } from '../command.ts'
import { copyScraper, KIT } from '../scraper/copy.ts'
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
    const config = await workspaceConfig(options, io)
    const name = config.sites[options.scraper]?.scraper ?? options.scraper
    const made = await copyScraper(config, name)
    for (const path of made) output.line(path)
    output.note(
      made[0] === KIT
        ? `the copy of ${name} was there; the link to the kit beside it led elsewhere and is made anew`
        : `${name} is taken from there now; remove the file to go back to the built-in one`,
    )
  },
})
