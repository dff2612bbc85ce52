import type { Argv } from 'yargs'
import { ZafraError } from '../../domain/error.ts'
import { DELIVERY_STATES, type DeliveryState } from '../../domain/notice.ts'
import { command, facts, type Globals } from '../command.ts'
import { fromDatabase } from '../open-engine.ts'
import type { Column } from '../table.ts'
import { workspaceConfig } from '../workspace.ts'

const COLUMNS = ['created_at', 'channel', 'state', 'tries', 'next_try_at', 'ended_at'] as const

const COLOUR = { queued: 'cyan', sent: 'green', given_up: 'red' } as const satisfies Record<
  DeliveryState,
  string
>

const stateColumn: Column = {
  name: 'state',
  style: (cell, colour) => colour[COLOUR[cell as DeliveryState]],
}

const MOST = 1000

export const notifyList = command({
  command: 'list',
  describe: 'the outbox: what was told, what waits and what was given up, latest first (UTC)',
  examples: [
    ['zafra notify list', 'the last twenty'],
    ['zafra notify list --state given_up --count 200', 'what never arrived, and why'],
  ],
  options: (yargs: Argv<Globals>) =>
    facts(yargs)
      .option('state', { choices: DELIVERY_STATES, requiresArg: true, describe: 'only those in this state' })
      .option('count', { type: 'number', default: 20, describe: 'how many' }),
  async run({ count, state, ...options }, output, io) {
    if (!(Number.isInteger(count) && count >= 1 && count <= MOST))
      throw new ZafraError('usage', `--count is a whole number from 1 to ${MOST}`)
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
