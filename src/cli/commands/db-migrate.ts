import { command, facts } from '../command.ts'
import { owning } from '../open-engine.ts'
import { workspaceConfig } from '../workspace.ts'
import { printStatus } from './db-status.ts'

export const migrate = command({
  command: 'migrate',
  describe: 'brings the database up to date, after a backup',
  examples: [['zafra db migrate', 'every other command that needs it does it too']],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    const config = await workspaceConfig(options, io)
    const { openStore } = await import('../../store/index.ts')
    const { path, backup_dir, snapshot_interval, fsync } = config.database
    // Opening is migrating.
    await owning(config, io.clock, async () => {
      const store = await openStore({ path, backup_dir, snapshot_interval, fsync, clock: io.clock })
      for (const notice of store.notices) output.note(notice)
      await store.close()
    })
    await printStatus(config, output, io)
  },
})
