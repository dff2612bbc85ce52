import { createInterface } from 'node:readline/promises'
import type { SuspectsView } from '../../domain/suspect.ts'
import { ZafraError } from '../../domain/error.ts'
import { safeDeep } from '../../domain/safe.ts'
import { chosenTasks, reportChanged, taskIds, withEngine } from '../act.ts'
import { command, facts, type Io } from '../command.ts'
import { taskFilters } from '../filters.ts'
import type { Output } from '../output.ts'
import { commonLines } from '../suspects.ts'
import { many } from '../words.ts'
import { commandPlace } from '../workspace.ts'

/** @throws ZafraError `usage` where nobody is there to answer */
async function isMeant(suspects: SuspectsView, output: Output, io: Io): Promise<boolean> {
  for (const line of commonLines(suspects)) output.note(line)
  if (!io.stdin.isTTY)
    throw new ZafraError('usage', 'nobody can be asked here: zafra accept … --yes takes them all')
  const lines = createInterface({ input: io.stdin, output: io.stderr })
  try {
    const answer = await lines.question(`Accept ${many(suspects.outputs, 'output')}? [y/N] `)
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    lines.close()
  }
}

export const accept = command({
  command: 'accept [ids..]',
  describe: 'take suspect outputs for good, so that their detail tasks run',
  examples: [
    ['zafra accept 12', 'the output of this task, whatever the checks doubt'],
    ['zafra accept --site Mit', 'every suspect one of the latest batch at this site: shows them and asks'],
    ['zafra accept --batch Sep25_01 --yes', 'the same of a whole batch without a question'],
  ],
  options: (yargs) =>
    taskFilters(taskIds(facts(yargs))).option('yes', {
      type: 'boolean',
      default: false,
      describe: 'ask nothing, also where a filter chooses the tasks',
    }),
  async run(options, output, io) {
    const filter = chosenTasks(options, 'zafra accept ID…, or a filter such as --site')
    // Whoever names tasks one by one has looked at them.
    const asks = !options.yes && (options.ids ?? []).length === 0
    const changed = await withEngine(await commandPlace(options, io), output, io, async (engine) => {
      const suspects = asks ? safeDeep(await engine.query({ type: 'suspects', filter })) : undefined
      if (suspects && suspects.outputs > 0 && !(await isMeant(suspects, output, io)))
        return { changed: 0, refused: [] }
      return engine.execute({ type: 'accept', filter })
    })
    return reportChanged('accepted', changed, output)
  },
})
