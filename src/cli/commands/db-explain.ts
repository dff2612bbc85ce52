import { command, facts } from '../command.ts'
import { workspaceConfig } from '../workspace.ts'

export const explain = command({
  command: 'explain [sql]',
  describe: 'how SQLite answers the queries that matter (or yours), and with which indexes',
  examples: [
    ['zafra db explain', 'the queries of the schema document with the indexes meant for them'],
    [`zafra db explain "SELECT * FROM scraping_tasks WHERE city = 'Gdl'"`, 'one of your own'],
  ],
  options: (yargs) => facts(yargs).positional('sql', { type: 'string', describe: 'a query' }),
  async run({ sql, ...options }, output, io) {
    const { explainCritical, queryPlan } = await import('../../store/index.ts')
    const { path } = (await workspaceConfig(options, io)).database
    const now = io.clock.now()
    if (sql !== undefined) {
      const plan = await queryPlan(path, sql, now)
      if (output.json) output.document({ sql, plan })
      else
        output.table(
          [{ name: 'step' }],
          plan.map((step) => [step]),
        )
      return
    }
    const queries = await explainCritical(path, now)
    if (output.json) return output.document({ queries })
    output.table(
      [{ name: 'query' }, { name: 'index' }, { name: 'plan' }],
      queries.map(({ name, used, plan }) => [name, used.join(' ') || 'none', plan.join('; ')]),
    )
  },
})
