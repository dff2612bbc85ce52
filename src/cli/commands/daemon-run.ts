import { command } from '../command.ts'
import type { Argv } from 'yargs'
import type { Globals } from '../command.ts'
import { openRotatingLog } from '../rotating-log.ts'
import { workspaceConfig } from '../workspace.ts'

export const run = command({
  command: 'run',
  describe: 'an engine in the foreground without the terminal UI, as a service wants it',
  examples: [['zafra daemon run', 'says what it does as lines of JSON, until SIGTERM']],
  options: (yargs: Argv<Globals>) =>
    yargs
      .option('log', {
        type: 'string',
        requiresArg: true,
        normalize: true,
        describe: 'file for the lines instead of standard output; put aside when it is full',
      })
      .epilogue(
        'SIGTERM lets what runs end for daemon.drain_timeout, then stops it; a second one stops it at once. ' +
          'SIGHUP reads the configuration again and says what changed. A batch that is not finished goes on at the start.',
      ),
  async run(options, output, io) {
    const [{ createLogger }, { runDaemon }] = await Promise.all([
      import('../daemon/logger.ts'),
      import('../daemon/run.ts'),
    ])
    const file = options.log === undefined ? undefined : openRotatingLog(options.log)
    const log = createLogger(file ?? { write: output.raw }, output.loudness)
    await runDaemon({
      io,
      load: () => workspaceConfig(options, io),
      log,
      reopenLog: () => file?.reopen(),
    })
  },
})
