import type { Argv } from 'yargs'
import { withEngine } from '../act.ts'
import { configOf } from '../attach.ts'
import { command, facts, type Globals } from '../command.ts'
import { planFilters, toFilter } from '../filters.ts'
import { GO_ON, harvest, WITHOUT_TERMINAL } from '../harvest.ts'
import { lookOf, looks } from '../look.ts'
import { missingLines } from '../plan-printer.ts'
import { commandPlace } from '../workspace.ts'

export const run = command({
  command: 'run',
  describe: 'start a batch of the plan and follow it',
  examples: [
    ['zafra run', 'everything in the lists'],
    ['zafra run --detach', 'returns at once; zafra shows it'],
    ['zafra run --site CyT --city Gdl --headless', 'a part of it, line by line'],
  ],
  options: (yargs: Argv<Globals>) =>
    looks(planFilters(facts(yargs)))
      .option('detach', {
        type: 'boolean',
        default: false,
        describe: 'return when the engine has it, a daemon where none runs',
      })
      .option('headless', { type: 'boolean', default: false, describe: 'lines instead of the TUI' })
      .epilogue(WITHOUT_TERMINAL),
  async run(options, output, io) {
    const filter = toFilter(options)
    const place = await commandPlace(options, io)
    if (options.detach) {
      const { runDetached } = await import('../daemon/run-detached.ts')
      return runDetached(place, filter, output, io)
    }
    return withEngine(
      place,
      output,
      io,
      async (engine) => {
        const plan = await engine.query({ type: 'plan', filter })
        const missing = missingLines(plan)
        for (const line of missing) output.note(line)
        const { batch_id } = await engine.execute({ type: 'start_batch', filter })
        const verdict = await harvest(engine, batch_id, {
          config: await configOf(place),
          output,
          io,
          look: lookOf(options),
          headless: options.headless,
          goOn: GO_ON,
        })
        return missing.length > 0 ? 'failed' : verdict
      },
      'batch',
    )
  },
})
