import { command, facts } from '../command.ts'
import { openEngine } from '../open-engine.ts'
import { workspaceConfig } from '../workspace.ts'
import { printStatus } from './db-status.ts'

export const migrate = command({
  command: 'migrate',
  describe: 'brings the database up to date, after a backup',
  examples: [['zafra db migrate', 'every other command that needs it does it too']],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    const config = await workspaceConfig(options, io)
    // Opening is migrating; the engine is closed before anything starts.
    await (await openEngine(config, io.clock, output.note)).close()
    await printStatus(config, output, io)
  },
})
