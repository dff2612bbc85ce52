import { ZafraError } from '../../domain/error.ts'
import { attach } from '../attach.ts'
import { command, facts } from '../command.ts'
import { workspaceFolder } from '../workspace.ts'

export const status = command({
  command: 'status',
  describe: 'whether a daemon runs and what it does',
  examples: [['zafra daemon status', 'exit status 3 where none runs']],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    const { findDaemon } = await import('../daemon/stop.ts')
    const of = { workspace: await workspaceFolder(options, io) }
    const { pid } = findDaemon(of)
    const engine = await attach(of, io.clock)
    if (!engine) throw new ZafraError('workspace_owned', `the daemon, process ${pid}, does not answer`)
    try {
      const { engine: own, batch, running } = await engine.query({ type: 'overview' })
      const { clients, socket, uptime_s, memory_bytes, version } = await engine.query({ type: 'system' })
      const found = {
        pid,
        state: own.state,
        started_at: own.started_at,
        uptime_s,
        batch_id: batch?.batch_id ?? null,
        batch_status: batch?.status ?? null,
        running: running.length,
        clients,
        socket,
        memory_bytes,
        version,
      }
      if (output.json) return output.document(found)
      output.table(
        [{ name: 'what' }, { name: 'value' }],
        Object.entries(found).map(([what, value]) => [what, value]),
      )
    } finally {
      await engine.close()
    }
  },
})
