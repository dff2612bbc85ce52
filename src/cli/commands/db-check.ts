import { command, facts } from '../command.ts'
import { workspaceConfig } from '../workspace.ts'

export const check = command({
  command: 'check',
  describe: 'integrity, references, and what is counted against a recount; changes nothing',
  examples: [['zafra db check', 'exit status 1 where something is wrong']],
  options: (yargs) => facts(yargs),
  async run(options, output, io) {
    const { checkDatabase } = await import('../../store/index.ts')
    const { database } = await workspaceConfig(options, io)
    const checks = await checkDatabase(database.path, io.clock.now())
    if (output.json) output.document({ checks })
    else {
      output.table(
        [{ name: 'check' }, { name: 'result' }],
        checks.flatMap(({ check: name, faults }) =>
          faults.length === 0 ? [[name, 'ok']] : faults.map((fault) => [name, fault]),
        ),
      )
    }
    return checks.every(({ faults }) => faults.length === 0) ? 'done' : 'failed'
  },
})
