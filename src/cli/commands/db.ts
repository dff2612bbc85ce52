import type { Argv } from 'yargs'
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
    const { databaseStatus } = await import('../../store/status.ts')
    const config = await workspaceConfig(options, io)
    // Opening is migrating; the engine is closed before anything starts.
    if (action === 'migrate') await (await openEngine(config, io.clock, output.note)).close()
    const status = await databaseStatus(config.database.path, io.clock.now())
    if (output.json) output.document(status)
    else
      output.table(
        [{ name: 'what' }, { name: 'value' }],
        Object.entries(status).map(([what, value]) => [what, plain(value)]),
      )
  },
})

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
