import type { Argv } from 'yargs'
import { safe } from '../../domain/safe.ts'
import { withEngine } from '../act.ts'
import { command, facts, type Globals } from '../command.ts'
import { commandPlace } from '../workspace.ts'

export const enable = switchCommand('enable', true, 'act on the slots of a rule, from now on')
export const disable = switchCommand(
  'disable',
  false,
  'let the slots of a rule pass, until it is enabled again',
)

function switchCommand(word: string, enabled: boolean, describe: string) {
  return command({
    command: `${word} <name>`,
    describe,
    examples: [[`zafra schedule ${word} twice-a-month`, 'over restarts; zafra.yaml stays as it is']],
    options: (yargs: Argv<Globals>) =>
      facts(yargs).positional('name', { type: 'string', demandOption: true, describe: 'name of the rule' }),
    async run({ name, ...options }, output, io) {
      const done = await withEngine(await commandPlace(options, io), output, io, (engine) =>
        engine.execute({ type: 'enable_schedule', name, enabled }),
      )
      if (output.json) output.document(done)
      else output.line(`${safe(name)} is ${enabled ? 'enabled' : 'disabled'}`)
    },
  })
}
