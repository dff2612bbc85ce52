import { chosenTasks, reportChanged, taskIds, withEngine } from '../act.ts'
import { command, facts } from '../command.ts'
import { commandPlace } from '../workspace.ts'
import { taskFilters } from '../filters.ts'

export const cancel = command({
  command: 'cancel [ids..]',
  describe: 'take tasks, or a whole batch, out of the work',
  examples: [
    ['zafra cancel 12', 'this task'],
    ['zafra cancel --site Mit', 'all of the latest batch at this site'],
    ['zafra cancel --batch Sep25_01', 'the batch with everything in it'],
  ],
  options: (yargs) => taskFilters(taskIds(facts(yargs))),
  async run(options, output, io) {
    const filter = chosenTasks(options, 'zafra cancel ID…, a filter such as --site, or --batch B')
    const { batch, ...rest } = filter
    const changed = await withEngine(await commandPlace(options, io), output, io, (engine) =>
      batch !== undefined && Object.keys(rest).length === 0
        ? engine.execute({ type: 'cancel_batch', batch_id: batch })
        : engine.execute({ type: 'cancel', filter }),
    )
    return reportChanged('cancelled', changed, output)
  },
})
