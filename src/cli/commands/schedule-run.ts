import type { Argv } from 'yargs'
import { safe } from '../../domain/safe.ts'
import { withEngine } from '../act.ts'
import { configOf } from '../attach.ts'
import { command, facts, type Globals } from '../command.ts'
import { GO_ON, harvest, WITHOUT_TERMINAL } from '../harvest.ts'
import { commandPlace } from '../workspace.ts'

export const run = command({
  command: 'run <name>',
  describe: 'do now what a rule does at its slots, and follow it; the ledger stays as it is',
  examples: [
    ['zafra schedule run twice-a-month', 'start its batch'],
    ['zafra schedule run backup', 'make a backup'],
  ],
  options: (yargs: Argv<Globals>) =>
    facts(yargs)
      .positional('name', { type: 'string', demandOption: true, describe: 'name of the rule' })
      .option('headless', { type: 'boolean', default: false, describe: 'lines instead of the TUI' })
      .epilogue(WITHOUT_TERMINAL),
  async run({ name, headless, ...options }, output, io) {
    const place = await commandPlace(options, io)
    return withEngine(
      place,
      output,
      io,
      async (engine) => {
        const done = await engine.execute({ type: 'run_schedule', name })
        if (done.batch_id !== null) {
          return harvest(engine, done.batch_id, {
            config: await configOf(place),
            output,
            io,
            headless,
            goOn: GO_ON,
          })
        }
        if (output.json) output.document(done)
        else output.line(safe(done.reason))
        return 'done'
      },
      'batch',
    )
  },
})
