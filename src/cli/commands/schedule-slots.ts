import type { Argv } from 'yargs'
import type { Slot, SlotDecision } from '../../domain/schedule.ts'
import { command, counted, facts, type Globals } from '../command.ts'
import { openReader } from '../open-engine.ts'
import { wordColumn } from '../table.ts'
import { commandPlace } from '../workspace.ts'

const COLUMNS = [
  'slot',
  'schedule',
  'decision',
  'batch_id',
  'decided_at',
  'reason',
] as const satisfies readonly (keyof Slot)[]

const decisionColumn = wordColumn('decision', {
  ran: 'green',
  caught_up: 'green',
  queued: 'cyan',
  skipped_overlap: 'yellow',
  missed: 'yellow',
  failed: 'red',
} as const satisfies Record<SlotDecision, string>)

export const slots = command({
  command: 'slots',
  describe: 'the ledger: what became of each slot and why, latest first (UTC)',
  examples: [
    ['zafra schedule slots', 'the last twenty'],
    ['zafra schedule slots --count 200 --json', '{total, slots}'],
  ],
  options: (yargs: Argv<Globals>) => counted(facts(yargs), 20),
  async run({ count, ...options }, output, io) {
    const reader = await openReader(await commandPlace(options, io), io.clock, output.note)
    try {
      const page = await reader.query({ type: 'schedule', offset: 0, limit: count })
      if (output.json) return output.document({ total: page.total, slots: page.slots })
      output.table(
        COLUMNS.map((name) => (name === 'decision' ? decisionColumn : { name })),
        page.slots.map((slot) => COLUMNS.map((name) => slot[name])),
      )
    } finally {
      await reader.close()
    }
  },
})
