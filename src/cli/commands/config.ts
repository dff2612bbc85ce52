import type { Argv } from 'yargs'
import { ZafraError } from '../../domain/error.ts'
import { safe } from '../../domain/safe.ts'
import { command, facts, type Globals } from '../command.ts'
import { loadWorkspace } from '../workspace.ts'

export const config = command({
  command: 'config <action>',
  describe: 'check: is zafra.yaml in order; show: every value in force and where it comes from',
  examples: [
    ['zafra config check', 'all faults at once, each with its line'],
    ['zafra config show --json', '{config, sources}'],
  ],
  options: (yargs: Argv<Globals>) =>
    facts(yargs).positional('action', { choices: ['check', 'show'] as const, demandOption: true }),
  async run({ action, ...options }, output, io) {
    const loaded = await loadWorkspace(options, io)
    if (action === 'check') {
      const { workspace } = loaded.config
      const { splitFaults } = await import('../scraper/reach.ts')
      const faults = await splitFaults(loaded.config)
      if (faults.length > 0) throw new ZafraError('config', faults.join('\n'))
      if (output.json) return output.document({ workspace, notices: loaded.notices })
      output.line(`${safe(workspace)}: no fault`)
      for (const notice of loaded.notices) output.line(safe(notice))
    } else if (output.json) output.document({ config: loaded.config, sources: loaded.sources })
    else {
      output.table(
        [{ name: 'key' }, { name: 'source' }, { name: 'value' }],
        Object.entries(loaded.sources).map(([key, source]) => [
          key,
          source,
          JSON.stringify(valueAt(loaded.config, key)),
        ]),
      )
    }
  },
})

/** @param key dotted, as in `sources` */
function valueAt(tree: unknown, key: string): unknown {
  return (
    key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], tree) ??
    null
  )
}
