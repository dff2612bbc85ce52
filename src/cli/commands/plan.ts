import type { Argv } from 'yargs'
import { isOfList } from '../../domain/plan.ts'
import { command, facts, type Globals } from '../command.ts'
import { planFilters, toFilter } from '../filters.ts'
import { planDocument, printPlan, printPlannedTasks } from '../plan-printer.ts'
import { planBehind, planHere } from '../plans.ts'
import { commandPlace } from '../workspace.ts'

export const plan = command({
  command: 'plan',
  describe: 'what a batch would do, and every problem in the lists; writes nothing',
  examples: [
    ['zafra plan', 'tasks per site, estimated duration, problems'],
    ['zafra plan --site Inm24 --all', 'every task in its order, every problem'],
    ['zafra plan --json', 'rows, planned, duplicates, rejected, tasks, problems'],
  ],
  options: (yargs: Argv<Globals>) =>
    planFilters(facts(yargs))
      .option('all', { type: 'boolean', default: false, describe: 'every task and every problem' })
      .epilogue(
        'Exit status 1 where a row was rejected, a list cannot be used, or a site of the latest batch is missing.',
      ),
  async run(options, output, io) {
    const filter = toFilter(options)
    const place = await commandPlace(options, io)
    const answer =
      'socket' in place
        ? await planBehind(place.socket, filter, io.clock)
        : await planHere(await place.config(), filter, io.clock)
    const { plan: made, reaches, split_faults, absent_sites } = answer
    if (output.json) output.document({ ...planDocument(made), absent_sites, reaches, split_faults })
    else if (output.terminal) {
      printPlan(answer, options.all, output)
    } else printPlannedTasks(answer, output)
    return made.rejected > 0 || absent_sites.length > 0 || made.problems.some(isOfList) ? 'failed' : 'done'
  },
})
