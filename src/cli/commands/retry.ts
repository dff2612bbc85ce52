import { FAILED } from '../../domain/task.ts'
import { chosenTasks, reportChanged, taskIds, withEngine } from '../act.ts'
import { otherProcess } from '../attach.ts'
import { command, facts } from '../command.ts'
import { commandPlace } from '../workspace.ts'
import { taskFilters } from '../filters.ts'

export const retry = command({
  command: 'retry [ids..]',
  describe:
    'make tasks pending again, with a fresh count of attempts; by id also those whose output is suspect',
  examples: [
    ['zafra retry 12 15', 'these two'],
    ['zafra retry --failed --site Inm24', 'all of the latest batch that failed at this site'],
  ],
  options: (yargs) =>
    taskFilters(taskIds(facts(yargs)))
      .option('failed', { type: 'boolean', describe: 'those that failed, for good or for now' })
      .conflicts('failed', 'status'),
  async run(options, output, io) {
    const status = options.failed ? [...FAILED] : options.status
    const filter = chosenTasks({ ...options, status }, 'zafra retry ID…, or zafra retry --failed')
    let waits = false
    const changed = await withEngine(await commandPlace(options, io), output, io, async (engine) => {
      // An engine of our own lives as long as this command: it must start nothing.
      waits = (await otherProcess(engine)) === null
      if (waits) await engine.execute({ type: 'drain' })
      return engine.execute({ type: 'retry', filter })
    })
    const verdict = reportChanged('to be tried again', changed, output)
    if (waits && changed.changed > 0) output.note('Nothing runs yet: zafra resume goes on with the batch.')
    return verdict
  },
})
