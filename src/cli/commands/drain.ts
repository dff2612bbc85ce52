import { withEngine } from '../act.ts'
import { command, facts } from '../command.ts'
import { workspaceConfig } from '../workspace.ts'
import { many } from '../words.ts'

export const drain = command({
  command: 'drain',
  describe: 'let what runs end and start nothing more',
  examples: [['zafra drain', 'zafra resume goes on later']],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    const result = await withEngine(await workspaceConfig(options, io), output, io, (engine) =>
      engine.execute({ type: 'drain' }),
    )
    if (output.json) output.document(result)
    else output.line(`draining: ${many(result.running, 'task')} running`)
  },
})
