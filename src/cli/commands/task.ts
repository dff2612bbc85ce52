import type { Attempt } from '../../domain/attempt.ts'
import type { Task } from '../../domain/task.ts'
import { taskId } from '../act.ts'
import { command, facts } from '../command.ts'
import { openReader } from '../open-engine.ts'
import type { Output } from '../output.ts'
import { commandPlace } from '../workspace.ts'

const ATTEMPT_COLUMNS = [
  'number',
  'outcome',
  'started_at',
  'ended_at',
  'exit_code',
  'signal',
  'rows',
  'verdict',
  'accepted_at',
  'error_class',
  'error_message',
] as const satisfies readonly (keyof Attempt)[]

export const task = command({
  command: 'task <id>',
  describe: 'one task with all its attempts',
  examples: [['zafra task 12', 'every column of the task, then its attempts']],
  options: (yargs) =>
    facts(yargs).positional('id', { type: 'number', demandOption: true, describe: 'task id' }),
  async run(options, output, io) {
    const id = taskId(options.id)
    const reader = await openReader(await commandPlace(options, io), io.clock, output.note)
    try {
      const view = await reader.query({ type: 'task', id })
      if (output.json) output.document(view)
      else print(view, output)
    } finally {
      await reader.close()
    }
  },
})

function print(view: { task: Task; attempts: readonly Attempt[] }, output: Output): void {
  output.table([{ name: 'column' }, { name: 'value' }], Object.entries(view.task))
  output.line()
  output.table(
    ATTEMPT_COLUMNS.map((name) => ({ name })),
    view.attempts.map((attempt) => ATTEMPT_COLUMNS.map((name) => attempt[name])),
  )
  const findings = view.attempts.flatMap(({ number, findings: found }) =>
    found.map(({ verdict, code, message }) => [number, verdict, code, message]),
  )
  if (findings.length === 0) return
  output.line()
  output.table([{ name: 'number' }, { name: 'verdict' }, { name: 'finding' }, { name: 'message' }], findings)
}
