import type { Argv } from 'yargs'
import { batchId, monthYear } from '../../domain/batch-id.ts'
import { sqlTime } from '../../domain/clock.ts'
import { command, facts, type Globals } from '../command.ts'
import { planFilters, toFilter } from '../filters.ts'
import { openPlanner } from '../assemble.ts'
import { fromDatabase } from '../open-engine.ts'
import { planDocument, printPlan, printPlannedTasks } from '../plan-printer.ts'
import { reachesOf } from '../scraper/reach.ts'
import { workspaceConfig } from '../workspace.ts'

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
      .epilogue('Exit status 1 where a row was rejected.'),
  async run(options, output, io) {
    const config = await workspaceConfig(options, io)
    const now = io.clock.now()
    const month_year = monthYear(now, config.time_zone, config.locale)
    const { execution_number, durations } = await fromDatabase(
      config,
      io.clock,
      async (reads) => ({
        execution_number: await reads.nextExecutionNumber(month_year),
        durations: await reads.meanDurations(sqlTime(now)),
      }),
      { execution_number: 1, durations: [] },
    )
    const planner = await openPlanner(config)
    const made = await planner.plan({ month_year, execution_number }, toFilter(options))
    const reaches = await reachesOf(config, made.tasks)
    if (output.json) output.document({ ...planDocument(made), reaches })
    else if (output.terminal) {
      await printPlan(
        { plan: made, batch_id: batchId(month_year, execution_number), config, durations, reaches },
        options.all,
        output,
      )
    } else printPlannedTasks(made, reaches, output)
    return made.rejected > 0 ? 'failed' : 'done'
  },
})
