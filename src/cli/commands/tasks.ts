import type { TaskFilter } from '../../domain/filter.ts'
import type { Task } from '../../domain/task.ts'
import { command, facts } from '../command.ts'
import { taskFilters, toFilter } from '../filters.ts'
import { openReader, type Reader } from '../open-engine.ts'
import { allPages } from '../pages.ts'
import { statusColumn } from '../words.ts'
import { commandPlace } from '../workspace.ts'

const COLUMNS = [
  'id',
  'status',
  'scraper_name',
  'website',
  'city',
  'operation',
  'product',
  'variant',
  'attempts',
  'data_records_extracted',
  'output_expected',
  'output_check',
  'output_complete',
  'error_class',
  'error_message',
] as const satisfies readonly (keyof Task)[]

const NUMBERS: ReadonlySet<string> = new Set([
  'id',
  'variant',
  'attempts',
  'data_records_extracted',
  'output_expected',
])

export const tasks = command({
  command: 'tasks',
  describe: 'the tasks of a batch',
  examples: [
    ['zafra tasks --status failed --status permanently_failed', 'what failed in the latest batch'],
    ['zafra tasks --batch Sep25_01 --site Inm24 --json', '{total, tasks} with the columns of scraping_tasks'],
  ],
  options: (yargs) => taskFilters(facts(yargs)),
  async run(options, output, io) {
    const asked = toFilter(options)
    const reader = await openReader(await commandPlace(options, io), io.clock, output.note)
    try {
      const filter = await withinBatch(reader, asked)
      const rows = await allPages(
        async (page) => (await reader.query({ type: 'tasks', filter, ...page })).tasks,
      )
      if (output.json) return output.document({ total: rows.length, tasks: rows })
      output.table(
        COLUMNS.map((name) =>
          name === 'status' ? statusColumn : NUMBERS.has(name) ? { name, align: 'right' } : { name },
        ),
        rows.map((task) => COLUMNS.map((name) => task[name])),
      )
    } finally {
      await reader.close()
    }
  },
})

/** As for commands that act: without a batch or a span of time, the running or latest batch is meant. */
async function withinBatch(reader: Reader, filter: TaskFilter): Promise<TaskFilter> {
  if (filter.batch !== undefined || filter.since !== undefined || filter.until !== undefined) return filter
  const { batch } = await reader.query({ type: 'overview' })
  return batch ? { ...filter, batch: batch.batch_id } : filter
}
