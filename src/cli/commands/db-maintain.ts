import type { DatabaseStatus, Forgotten, Maintained } from '../../store/index.ts'
import { command, facts } from '../command.ts'
import { owning } from '../open-engine.ts'
import type { Output } from '../output.ts'
import { workspaceConfig } from '../workspace.ts'

export const maintain = command({
  command: 'maintain',
  describe: 'deletes old tasks and batches, compacts, reindexes, analyses and checks the database',
  examples: [
    ['zafra db maintain --dry-run', 'shows what it would delete; also while an engine runs'],
    ['zafra db maintain', 'tasks older than 6 months, completed batches older than 3 that have none left'],
  ],
  options: (yargs) =>
    facts(yargs).option('dry-run', { type: 'boolean', describe: 'only show what would be deleted' }),
  async run(options, output, io) {
    const store = await import('../../store/index.ts')
    const config = await workspaceConfig(options, io)
    const { path, backup_dir, snapshot_interval, fsync } = config.database
    if (options.dryRun) {
      const deleted = await store.dueForDeletion(path, io.clock.now())
      if (output.json) output.document({ deleted })
      else printDeleted(deleted, output)
      return
    }
    const done = await owning(config, io.clock, () =>
      store.maintain({ path, backup_dir, snapshot_interval, fsync, clock: io.clock }),
    )
    for (const notice of done.notices) output.note(notice)
    if (output.json) output.document(done)
    else print(done, output)
  },
})

function print({ deleted, before, after }: Maintained, output: Output): void {
  printDeleted(deleted, output)
  output.line()
  output.table(
    [{ name: 'what' }, { name: 'before', align: 'right' }, { name: 'after', align: 'right' }],
    figures(before).map(([what, value], at) => [what, value, figures(after)[at]?.[1] ?? null]),
  )
}

function printDeleted(deleted: readonly Forgotten[], output: Output): void {
  if (output.terminal && deleted.length === 0) return output.line('Nothing is old enough to be deleted.')
  output.table(
    [{ name: 'batch_id' }, { name: 'tasks', align: 'right' }, { name: 'batch' }],
    deleted.map(({ batch_id, tasks, batch }) => [batch_id, tasks, batch ? 'deleted' : 'kept']),
  )
}

function figures({ file_bytes, tables }: DatabaseStatus): [string, number][] {
  return [
    ['bytes', file_bytes],
    ...tables.map(({ name, rows }): [string, number] => [`rows of ${name}`, rows]),
  ]
}
