import { safe } from '../../domain/safe.ts'
import { attach, otherProcess } from '../attach.ts'
import { command, facts } from '../command.ts'
import { daemonLog, startDaemon } from '../daemon/start.ts'
import { workspaceConfig } from '../workspace.ts'

export const start = command({
  command: 'start',
  describe: 'starts a daemon and returns when it answers',
  examples: [['zafra daemon start', 'its lines go to logs/daemon.log']],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    const config = await workspaceConfig(options, io)
    const running = await attach(config, io.clock)
    const engine = running ?? (await startDaemon(config, io))
    try {
      const pid = await otherProcess(engine)
      if (output.json) output.document({ pid, started: !running })
      else if (running) output.line(`process ${pid} has the workspace already`)
      else output.line(`process ${pid} runs; its log is ${safe(daemonLog(config))}`)
    } finally {
      await engine.close()
    }
  },
})
