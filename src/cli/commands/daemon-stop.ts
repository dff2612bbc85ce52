import { command, facts } from '../command.ts'
import { workspaceFolder } from '../workspace.ts'

export const stop = command({
  command: 'stop',
  describe: 'lets what runs end, ends the daemon and returns when it is gone',
  examples: [['zafra daemon stop', 'what runs has daemon.drain_timeout; what is cut short goes on later']],
  options: (yargs) =>
    facts(yargs).option('now', { type: 'boolean', default: false, describe: 'stops what runs at once' }),
  async run({ now, ...options }, output, io) {
    const { stopDaemon } = await import('../daemon/stop.ts')
    const pid = await stopDaemon({ workspace: await workspaceFolder(options, io) }, now, io)
    if (output.json) output.document({ pid })
    else output.line(`process ${pid} is gone`)
  },
})
