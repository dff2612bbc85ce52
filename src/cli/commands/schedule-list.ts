import { command, facts } from '../command.ts'
import { openReader } from '../open-engine.ts'
import type { Column } from '../table.ts'
import { commandPlace } from '../workspace.ts'

const COLUMNS: readonly Column[] = [
  { name: 'name' },
  { name: 'enabled', style: (cell, colour) => (cell === true ? colour.green : colour.gray) },
  { name: 'cron' },
  { name: 'time_zone' },
  { name: 'next' },
  { name: 'last_slot' },
  { name: 'decision' },
  { name: 'reason' },
]

export const list = command({
  command: 'list',
  describe: 'the rules in force, the next slot of each and what became of the last one (UTC)',
  examples: [
    ['zafra schedule list', 'a table'],
    ['zafra schedule list --json', 'every rule with its next five slots'],
  ],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    const reader = await openReader(await commandPlace(options, io), io.clock, output.note)
    try {
      const { schedules } = await reader.query({ type: 'schedule', offset: 0, limit: 0 })
      if (output.json) return output.document(schedules)
      output.table(
        COLUMNS,
        schedules.map(({ name, enabled, cron, time_zone, next, last }) => [
          name,
          enabled,
          cron,
          time_zone,
          next[0] ?? null,
          last?.slot ?? null,
          last?.decision ?? null,
          last?.reason ?? null,
        ]),
      )
    } finally {
      await reader.close()
    }
  },
})
