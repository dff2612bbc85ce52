import type { Config } from '../../domain/config.ts'
import type { Backup, DatabaseStatus } from '../../store/index.ts'
import { command, facts, type Io } from '../command.ts'
import type { Output } from '../output.ts'
import { workspaceConfig } from '../workspace.ts'

export const status = command({
  command: 'status',
  describe: 'version, size, tables, indexes, rows, journal, last snapshot and last backup',
  examples: [['zafra db status', 'also while an engine runs']],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    await printStatus(await workspaceConfig(options, io), output, io)
  },
})

/** @throws ZafraError `not_found` where there is no database, `database` */
export async function printStatus({ database }: Config, output: Output, io: Io): Promise<void> {
  const { databaseStatus, lastBackup } = await import('../../store/index.ts')
  const found = await databaseStatus(database.path, io.clock.now())
  const last_backup = (await lastBackup(database.backup_dir)) ?? null
  if (output.json) output.document({ ...found, last_backup })
  else output.table([{ name: 'what' }, { name: 'value' }], rows(found, last_backup))
}

type Row = [what: string, value: string | number | null]

function rows({ pending, tables, indexes, ...single }: DatabaseStatus, last: Backup | null): Row[] {
  return [
    ...Object.entries(single),
    ['last_backup', last && last.made_at],
    ['last_backup_file', last && last.path],
    ...pending.map(({ version, description }): Row => [`pending ${version}`, description]),
    ...tables.map(({ name, rows: count }): Row => [`rows of ${name}`, count]),
    ['indexes', indexes.join(' ')],
  ]
}
