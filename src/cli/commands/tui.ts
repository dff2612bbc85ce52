import type { Argv } from 'yargs'
import type { Engine } from '../../domain/engine.ts'
import { ZafraError } from '../../domain/error.ts'
import { withEngine } from '../act.ts'
import { configOf, otherProcess } from '../attach.ts'
import { command, type Globals, type Io } from '../command.ts'
import { canShowTui, GO_ON, watch } from '../harvest.ts'
import { lookOf, looks } from '../look.ts'
import { commandPlace } from '../workspace.ts'

export const tui = command({
  command: '$0',
  describe: 'the terminal UI',
  examples: [
    ['zafra demo', 'see it at work, with nothing to set up'],
    ['zafra init harvest && cd harvest && zafra plan', 'a first workspace'],
  ],
  options: (yargs: Argv<Globals>) => looks(yargs),
  async run(options, output, io) {
    if (!canShowTui({ output, io, headless: false })) {
      throw new ZafraError(
        'usage',
        `the terminal UI needs a terminal${noneBecause(io)}; zafra status and zafra run work without one`,
      )
    }
    const place = await commandPlace(options, io)
    const see = async (engine: Engine) => {
      // Only who works here, and not another process, needs to know how: it is not read for the sake of looking.
      const config = (await otherProcess(engine)) === null ? await configOf(place) : null
      return watch(engine, { config, output, io, look: lookOf(options) })
    }
    const end = await withEngine(place, output, io, see, 'stay')
    if (end === 'detached') output.note('The engine goes on in its own process.')
    if (end === 'gone')
      output.note('The engine does not answer any more; zafra status shows how its work stands.')
    if (end === 'stopped') throw new ZafraError('interrupted', `what ran was stopped; ${GO_ON}`)
  },
})

/** What speaks against a terminal where one is there. */
function noneBecause({ env }: Io): string {
  if (env['TERM'] === 'dumb') return ' that can move its cursor, and TERM=dumb says it cannot'
  return env['CI'] ? ' with a person at it, and CI is set' : ''
}
