import type { Argv } from 'yargs'
import type { DatabaseStatus } from '../../store/index.ts'
import { command, facts, type Globals } from '../command.ts'
import { openEngine } from '../open-engine.ts'
import { workspaceConfig } from '../workspace.ts'

export const db = command({
  command: 'db <action>',
  describe: 'status: version, size, tables; migrate: bring the database up to date, after a backup',
  examples: [
    ['zafra db status', 'also while an engine runs'],
    ['zafra db migrate', 'every other command does it too'],
  ],
  options: (yargs: Argv<Globals>) =>
    facts(yargs).positional('action', { choices: ['status', 'migrate'] as const, demandOption: true }),
  async run({ action, ...options }, output, io) {
    const { databaseStatus } = await import('../../store/index.ts')
    const config = await workspaceConfig(options, io)
    // Opening is migrating; the engine is closed before anything starts.
    if (action === 'migrate') await (await openEngine(config, io.clock, output.note)).close()
    const status = await databaseStatus(config.database.path, io.clock.now())
    if (output.json) output.document(status)
    else output.table([{ name: 'what' }, { name: 'value' }], rows(status))
  },
})

function rows({ pending, tables, indexes, ...single }: DatabaseStatus): [string, string | number | null][] {
  return [
    ...Object.entries(single),
    ...pending.map(({ version, description }): [string, string] => [`pending ${version}`, description]),
    ...tables.map(({ name, rows: count }): [string, number] => [`rows of ${name}`, count]),
    ['indexes', indexes.join(' ')],
  ]
}
