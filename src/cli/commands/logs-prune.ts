import { createLogRetention, dueLogs } from '../../runner/log-retention.ts'
import { command, facts } from '../command.ts'
import { fromDatabase, owning } from '../open-engine.ts'
import { many, megabytes } from '../words.ts'
import { workspaceConfig } from '../workspace.ts'

export const prune = command({
  command: 'prune',
  describe: 'removes old logs by logs.retention and logs.retention_bytes; an engine does it after each batch',
  examples: [['zafra logs prune --dry-run', 'shows what would go; also while an engine runs']],
  options: (yargs) =>
    facts(yargs)
      .option('dry-run', { type: 'boolean', default: false, describe: 'only show what would be removed' })
      .epilogue('Logs of a batch that is not finished stay.'),
  async run({ dryRun, ...options }, output, io) {
    const config = await workspaceConfig(options, io)
    const open = () =>
      fromDatabase(config, io.clock, async (reads) => (await reads.openBatches()).map((b) => b.batch_id), [])
    const remove = async () => {
      const spared = new Set(await open())
      return createLogRetention(config, io.clock).prune((batch_id) => spared.has(batch_id))
    }
    const look = async () => {
      const spared = new Set(await open())
      return dueLogs(config, io.clock, (batch_id) => spared.has(batch_id))
    }
    const pruned = await (dryRun ? look() : owning(config, io.clock, remove))
    if (output.json) return output.document({ removed: !dryRun, pruned })
    output.table(
      [
        { name: 'batch_id' },
        { name: 'rule' },
        { name: 'logs', align: 'right' },
        { name: 'bytes', align: 'right' },
      ],
      pruned.map(({ batch_id, rule, logs, bytes }) => [batch_id, rule, logs, bytes]),
    )
    const sum = { logs: 0, bytes: 0 }
    for (const { logs, bytes } of pruned) {
      sum.logs += logs
      sum.bytes += bytes
    }
    const what = dryRun ? 'would be removed' : 'removed'
    output.note(`${many(sum.logs, 'log')} ${what}, ${megabytes(sum.bytes)}`)
  },
})
