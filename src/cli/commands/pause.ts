import type { Argv } from 'yargs'
import { withEngine } from '../act.ts'
import { command, facts, type Globals } from '../command.ts'
import { commandPlace } from '../workspace.ts'

export const pause = siteCommand(
  'pause',
  'start nothing new, at one site or at all',
  'paused',
  'was paused already',
)
export const unpause = siteCommand('unpause', 'lift a pause', 'goes on', 'was not paused')

function siteCommand(type: 'pause' | 'unpause', describe: string, done: string, already: string) {
  return command({
    command: type,
    describe,
    examples: [
      [`zafra ${type} --site Inm24`, 'one site'],
      [`zafra ${type}`, 'everything'],
    ],
    options: (yargs: Argv<Globals>) =>
      facts(yargs).option('site', { type: 'string', requiresArg: true, describe: 'site code' }),
    async run(options, output, io) {
      const { site } = options
      const changed = await withEngine(await commandPlace(options, io), output, io, (engine) =>
        engine.execute({ type, ...(site !== undefined && { site }) }),
      )
      if (output.json) output.document(changed)
      else {
        const note = 'note' in changed && changed.note !== null ? ` ${changed.note}` : ''
        output.line(`${site ?? 'everything'} ${changed.changed > 0 ? done : already}${note}`)
      }
    },
  })
}
