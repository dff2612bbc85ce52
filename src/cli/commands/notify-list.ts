import type { Argv } from 'yargs'
import { DELIVERY_STATES, type DeliveryState } from '../../domain/notice.ts'
import { command, counted, facts, type Globals } from '../command.ts'
import { fromDatabase } from '../open-engine.ts'
import { wordColumn } from '../table.ts'
import { workspaceConfig } from '../workspace.ts'

const COLUMNS = ['created_at', 'channel', 'state', 'tries', 'next_try_at', 'ended_at'] as const

const stateColumn = wordColumn('state', {
  queued: 'cyan',
  sent: 'green',
  given_up: 'red',
} as const satisfies Record<DeliveryState, string>)

export const notifyList = command({
  command: 'list',
  describe: 'the outbox: what was told, what waits and what was given up, latest first (UTC)',
  examples: [
    ['zafra notify list', 'the last twenty'],
    ['zafra notify list --state given_up --count 200', 'what never arrived, and why'],
  ],
  options: (yargs: Argv<Globals>) =>
    counted(facts(yargs), 20).option('state', {
      choices: DELIVERY_STATES,
      requiresArg: true,
      describe: 'only those in this state',
    }),
  async run({ count, state, ...options }, output, io) {
    const config = await workspaceConfig(options, io)
    const notices = await fromDatabase(config, io.clock, (reads) => reads.outbox(count, state), [])
    if (output.json) return output.document({ notices })
    const { titleOf } = await import('../../notify/index.ts')
    output.table(
      [
        ...COLUMNS.map((name) => (name === 'state' ? stateColumn : { name })),
        { name: 'notice' },
        { name: 'reason' },
      ],
      notices.map((each) => [...COLUMNS.map((name) => each[name]), titleOf(each.notice), each.reason]),
    )
  },
})
