import type { Batch } from '../../domain/batch.ts'
import { command, facts } from '../command.ts'
import { openReader } from '../open-engine.ts'
import { allPages } from '../pages.ts'
import { statusColumn } from '../words.ts'
import { commandPlace } from '../workspace.ts'

const COLUMNS = [
  'batch_id',
  'status',
  'total_tasks',
  'completed_tasks',
  'failed_tasks',
  'started_at',
  'completed_at',
  'estimated_duration_minutes',
  'actual_duration_minutes',
] as const satisfies readonly (keyof Batch)[]

/** Outputs that are not simply good. */
const OUTPUTS = ['suspect', 'incomplete'] as const

export const batches = command({
  command: 'batches',
  describe: 'every batch, newest first',
  examples: [
    ['zafra batches', 'a table'],
    ['zafra batches --json', '{total, batches} with the columns of execution_batches'],
  ],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    const reader = await openReader(await commandPlace(options, io), io.clock, output.note)
    try {
      const rows = await allPages(async (page) => (await reader.query({ type: 'batches', ...page })).batches)
      if (output.json) output.document({ total: rows.length, batches: rows })
      else {
        output.table(
          [
            ...COLUMNS.map((name) => (name === 'status' ? statusColumn : { name })),
            ...['rows', ...OUTPUTS].map((name) => ({ name, align: 'right' as const })),
          ],
          rows.map((batch) => [
            ...COLUMNS.map((name) => batch[name]),
            batch.rows,
            ...OUTPUTS.map((name) => batch.outputs[name]),
          ]),
        )
      }
    } finally {
      await reader.close()
    }
  },
})
