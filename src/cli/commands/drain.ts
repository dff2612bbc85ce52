import { command, facts } from '../command.ts'
import { runningEngine } from '../open-engine.ts'
import { many } from '../words.ts'
import { commandPlace } from '../workspace.ts'

export const drain = command({
  command: 'drain',
  describe: 'let what runs end and start nothing more',
  examples: [['zafra drain', 'zafra resume goes on later']],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    const engine = await runningEngine(await commandPlace(options, io), io.clock)
    try {
      const drained = await engine.execute({ type: 'drain' })
      if (output.json) output.document(drained)
      else output.line(`${many(drained.running, 'task')} may end, nothing new starts`)
    } finally {
      await engine.close()
    }
  },
})
