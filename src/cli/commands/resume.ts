import type { Argv } from 'yargs'
import { withEngine } from '../act.ts'
import { configOf } from '../attach.ts'
import { command, facts, type Globals } from '../command.ts'
import { GO_ON, harvest, WITHOUT_TERMINAL } from '../harvest.ts'
import { lookOf, looks } from '../look.ts'
import { commandPlace } from '../workspace.ts'

export const resume = command({
  command: 'resume [batch]',
  describe: 'go on with a batch that was interrupted or cancelled, the last one if none is named',
  examples: [['zafra resume', 'what is completed is not done again']],
  options: (yargs: Argv<Globals>) =>
    looks(facts(yargs))
      .positional('batch', { type: 'string', describe: 'batch id' })
      .option('headless', { type: 'boolean', default: false, describe: 'lines instead of the TUI' })
      .epilogue(WITHOUT_TERMINAL),
  async run({ batch, headless, ...options }, output, io) {
    const place = await commandPlace(options, io)
    return withEngine(
      place,
      output,
      io,
      async (engine) => {
        const resumed = await engine.execute({
          type: 'resume_batch',
          ...(batch !== undefined && { batch_id: batch }),
        })
        return harvest(engine, resumed.batch_id, {
          config: await configOf(place),
          output,
          io,
          look: lookOf(options),
          headless,
          goOn: GO_ON,
        })
      },
      'batch',
    )
  },
})
