import { expect, it } from 'vitest'
import { BATCH_STATUSES, batchTransition, type BatchEvent } from '../../src/domain/batch.ts'
import { TASK_STATUSES, transition, type TaskEvent } from '../../src/domain/task.ts'

// Every way that an event can go: the labels say which.
const fail = { type: 'fail', at: '', error_class: 'transient', message: '' } as const
const TASK_EVENTS: [label: string, event: TaskEvent, attempts: number][] = [
  ['start', { type: 'start', at: '' }, 0],
  ['complete', { type: 'complete', at: '', rows: 0, bytes: 0 }, 1],
  ['fail, retry due later', { ...fail, next: { retry_at: '' } }, 1],
  ['fail, retry held', { ...fail, next: 'hold' }, 1],
  ['fail, attempts used up or no retry can mend it', { ...fail, next: 'never' }, 1],
  ['interrupt', { type: 'interrupt' }, 1],
  ['cancel', { type: 'cancel', at: '' }, 1],
  ['skip', { type: 'skip', at: '', reason: '' }, 0],
  ['reactivate', { type: 'reactivate' }, 0],
  ['retry', { type: 'retry' }, 1],
  ['refuse', { type: 'refuse' }, 1],
]
const finish = { type: 'finish', at: '', completed: 0, failed: 0, cancelled: 0, minutes: 0 } as const
const BATCH_EVENTS: [label: string, event: BatchEvent][] = [
  ['finish', { ...finish, completed: 1 }],
  ['finish, nothing completed', { ...finish, failed: 1 }],
  ['finish, all of it cancelled', { ...finish, cancelled: 1 }],
  ['cancel', { type: 'cancel', at: '', minutes: 0 }],
  ['resume', { type: 'resume' }],
]

function diagram(first: string, arrows: string[]): string {
  return ['```mermaid', 'stateDiagram-v2', `    [*] --> ${first}`, ...arrows, '```'].join('\n')
}

const TASK_DIAGRAM = diagram(
  'pending',
  TASK_STATUSES.flatMap((status) =>
    TASK_EVENTS.flatMap(([label, event, attempts]) => {
      const patch = transition({ status, attempts, max_attempts: 3 }, event)
      return patch ? [`    ${status} --> ${patch.status}: ${label}`] : []
    }),
  ),
)
const BATCH_DIAGRAM = diagram(
  'running',
  BATCH_STATUSES.flatMap((status) =>
    BATCH_EVENTS.flatMap(([label, event]) => {
      const patch = batchTransition(status, event)
      return patch ? [`    ${status} --> ${patch.status}: ${label}`] : []
    }),
  ),
)

const PAGE = `# State machines

Generated from \`task.ts\` and \`batch.ts\` by \`test/domain/diagram.test.ts\`; after a change run
\`npx vitest run -u --config test/vitest.config.ts test/domain/diagram.test.ts\`.

## Task

${TASK_DIAGRAM}

## Batch

${BATCH_DIAGRAM}
`

it('draws the state machines as they are', async () => {
  await expect(PAGE).toMatchFileSnapshot('../../src/domain/STATES.md')
})
