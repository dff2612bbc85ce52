import { safe } from '../../domain/safe.ts'
import { command, facts } from '../command.ts'
import { csv } from '../../csv/write.ts'
import { workspaceConfig } from '../workspace.ts'

export const query = command({
  command: 'query <sql>',
  describe: 'one statement of SQL that reads; also while an engine runs',
  examples: [
    ['zafra db query "SELECT website, count(*) FROM scraping_tasks GROUP BY website"', 'a table'],
    ['zafra db query "SELECT * FROM execution_batches" --csv > batches.csv', 'for a spreadsheet'],
  ],
  options: (yargs) =>
    facts(yargs)
      .positional('sql', { type: 'string', demandOption: true, describe: 'the statement' })
      .option('csv', { type: 'boolean', describe: 'comma-separated, formulas defused', conflicts: 'json' }),
  async run(options, output, io) {
    const { select } = await import('../../store/index.ts')
    const { database } = await workspaceConfig(options, io)
    const { columns, rows } = await select(database.path, options.sql, io.clock.now())
    if (options.csv) output.raw(csv(columns, rows, output.terminal))
    else if (output.json) {
      output.document(rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]]))))
    } else {
      output.table(
        columns.map((name) => ({ name: safe(name) })),
        rows,
      )
    }
  },
})
