import { resolve } from 'node:path'
import { safe } from '../../domain/safe.ts'
import { command, facts } from '../command.ts'
import { owning } from '../open-engine.ts'
import { workspaceConfig } from '../workspace.ts'

export const restore = command({
  command: 'restore <file>',
  describe: 'puts a backup in the place of the database; what it replaces is kept',
  examples: [
    ['zafra db restore backups/orchestrator_backup_20251101_021530.db.gz', 'looks the backup over first'],
    ['zafra db restore backups/before_restore_20251102_090000_123/orchestrator.db', 'takes that back'],
  ],
  options: (yargs) =>
    facts(yargs).positional('file', {
      type: 'string',
      demandOption: true,
      describe: 'a backup, or a database file with the journals beside it',
    }),
  async run(options, output, io) {
    const store = await import('../../store/index.ts')
    const config = await workspaceConfig(options, io)
    const { path, backup_dir } = config.database
    const file = resolve(io.cwd, options.file)
    const replaced = await owning(config, io.clock, () =>
      store.restore({ path, backup_dir, clock: io.clock }, file),
    )
    if (output.json) return output.document({ restored: file, replaced })
    output.line(`${safe(file)} is the database now`)
    if (replaced !== null) output.line(`What it replaced is kept in ${safe(replaced)}`)
  },
})
