import { randomUUID } from 'node:crypto'
import type { Argv } from 'yargs'
import { sqlTime } from '../../domain/clock.ts'
import type { Config } from '../../domain/config.ts'
import { ZafraError } from '../../domain/error.ts'
import type { Notice } from '../../domain/notice.ts'
import { command, facts, type Globals, type Io } from '../command.ts'
import { wordColumn } from '../table.ts'
import { loadWorkspace } from '../workspace.ts'

/** What became of the test of one channel; `reason` is null where it was taken. */
interface Tested {
  channel: string
  type: string
  reason: string | null
}

export const notifyTest = command({
  command: 'test [channel]',
  describe: 'sends a test through each channel, or the one that is named; exit status 1 where one fails',
  examples: [
    ['zafra notify test', 'all channels at once'],
    ['zafra notify test ops', 'that of notify.channels.ops'],
  ],
  options: (yargs: Argv<Globals>) =>
    facts(yargs).positional('channel', { type: 'string', describe: 'its name in zafra.yaml' }),
  async run({ channel, ...options }, output, io) {
    const { config } = await loadWorkspace(options, io)
    const channels = await Promise.all(chosen(config, channel).map((name) => tested(config, io, name)))
    if (output.json) output.document({ channels })
    else {
      output.table(
        [
          { name: 'channel' },
          { name: 'type' },
          wordColumn('state', { sent: 'green', failed: 'red' }),
          { name: 'reason' },
        ],
        channels.map(({ channel: name, type, reason }) => [
          name,
          type,
          reason === null ? 'sent' : 'failed',
          reason ?? '',
        ]),
      )
    }
    return channels.some(({ reason }) => reason !== null) ? 'failed' : 'done'
  },
})

/** @throws ZafraError `not_found` where there is none */
function chosen({ notify }: Config, named: string | undefined): string[] {
  const names = Object.keys(notify.channels)
  if (names.length === 0) {
    throw new ZafraError('not_found', 'no channel is set up: write one under notify.channels in zafra.yaml')
  }
  if (named === undefined) return names
  if (names.includes(named)) return [named]
  throw new ZafraError(
    'not_found',
    `there is no channel ${named} in zafra.yaml; there is ${names.join(', ')}`,
  )
}

async function tested(config: Config, io: Io, channel: string): Promise<Tested> {
  const { createMessenger } = await import('../../notify/index.ts')
  const messenger = createMessenger(config, { clock: io.clock, env: io.env })
  const notice: Notice = { at: sqlTime(io.clock.now()), event: 'test' }
  const sent = await messenger.send({ id: randomUUID(), channel, notice })
  const { type } = config.notify.channels[channel]!
  return { channel, type, reason: sent.sent ? null : sent.reason }
}
