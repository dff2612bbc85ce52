import { safe } from '../../domain/safe.ts'
import { command, facts } from '../command.ts'
import { many } from '../words.ts'
import { workspaceConfig } from '../workspace.ts'

export const backup = command({
  command: 'backup',
  describe: 'a compressed, verified copy of the database; also while an engine runs',
  examples: [['zafra db backup', 'makes backups/orchestrator_backup_YYYYMMDD_HHMMSS.db.gz (UTC)']],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    const { makeBackup } = await import('../../store/index.ts')
    const { database } = await workspaceConfig(options, io)
    const made = await makeBackup(database, io.clock.now())
    if (output.json) return output.document(made)
    output.line(`${safe(made.path)}  ${many(made.bytes, 'byte')}`)
    if (made.removed.length > 0) output.note(`${many(made.removed.length, 'older backup')} removed`)
  },
})
