import type { Argv } from 'yargs'
import { command, facts, type Globals } from '../command.ts'
import { loadWorkspace } from '../workspace.ts'

export const doctor = command({
  command: 'doctor',
  describe: 'everything that would stop a batch, each with its remedy',
  examples: [['zafra doctor', 'exit status 1 where it finds something']],
  options: (yargs: Argv<Globals>) => facts(yargs),
  async run(options, output, io) {
    const { config } = await loadWorkspace(options, io)
    const { examine } = await import('../doctor/examine.ts')
    const checks = await examine(config, io)
    if (output.json) output.document({ checks })
    else {
      output.table(
        [
          { name: 'check' },
          { name: 'state', style: (cell, colour) => (cell === 'ok' ? colour.green : colour.red) },
          { name: 'finding' },
        ],
        checks.map(({ check, fault }) => [
          check,
          fault ? 'fault' : 'ok',
          fault ? `${fault.message}; ${fault.remedy}` : '',
        ]),
      )
    }
    return checks.some(({ fault }) => fault !== null) ? 'failed' : 'done'
  },
})
