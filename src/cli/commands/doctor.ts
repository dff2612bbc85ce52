import type { Argv } from 'yargs'
import type { Fault } from '../doctor/examine.ts'
import { command, facts, type Globals } from '../command.ts'
import { wordColumn } from '../table.ts'
import { loadWorkspace } from '../workspace.ts'

export const doctor = command({
  command: 'doctor',
  describe: 'everything that would stop a batch, each with its remedy',
  examples: [['zafra doctor', 'exit status 1 where it finds more than a warning']],
  options: (yargs: Argv<Globals>) => facts(yargs),
  async run(options, output, io) {
    const { config } = await loadWorkspace(options, io)
    const { examine } = await import('../doctor/examine.ts')
    const checks = await examine(config, io)
    if (output.json) output.document({ checks })
    else {
      output.table(
        [{ name: 'check' }, wordColumn('state', COLOUR), { name: 'finding' }],
        checks.map(({ check, fault }) => [
          check,
          state(fault),
          fault ? `${fault.message}; ${fault.remedy}` : '',
        ]),
      )
    }
    return checks.some(({ fault }) => state(fault) === 'fault') ? 'failed' : 'done'
  },
})

const COLOUR = { ok: 'green', warning: 'yellow', fault: 'red' } as const
type State = keyof typeof COLOUR

function state(fault: Fault | null): State {
  if (fault === null) return 'ok'
  return fault.warning ? 'warning' : 'fault'
}
