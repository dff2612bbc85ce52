import { chosenTasks, reportChanged, taskIds, withEngine } from '../act.ts'
import { command, facts } from '../command.ts'
import { taskFilters } from '../filters.ts'
import { commandPlace } from '../workspace.ts'

export const accept = command({
  command: 'accept [ids..]',
  describe: 'take suspect outputs for good, so that their detail tasks run',
  examples: [
    ['zafra accept 12', 'the output of this task, whatever the checks doubt'],
    ['zafra accept --site Mit', 'every suspect one of the latest batch at this site'],
  ],
  options: (yargs) => taskFilters(taskIds(facts(yargs))),
  async run(options, output, io) {
    const filter = chosenTasks(options, 'zafra accept ID…, or a filter such as --site')
    const changed = await withEngine(await commandPlace(options, io), output, io, (engine) =>
      engine.execute({ type: 'accept', filter }),
    )
    return reportChanged('accepted', changed, output)
  },
})
