import { command, facts } from '../command.ts'
import { refuseWithoutEngine } from '../open-engine.ts'
import { workspaceConfig } from '../workspace.ts'

export const drain = command({
  command: 'drain',
  describe: 'let what runs end and start nothing more',
  examples: [['zafra drain', 'zafra resume goes on later']],
  options: (yargs) => facts(yargs),
  async run(options, _output, io) {
    await refuseWithoutEngine(await workspaceConfig(options, io), 'Ctrl-C in zafra run drains it')
  },
})
