import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LogStream } from '../../src/domain/logs.ts'
import type { AttemptResult } from '../../src/domain/runner.ts'
import type { Change } from '../../src/domain/store.ts'
import { attemptEnd } from '../../src/engine/judge.ts'
import { newBatch, open, plannedList } from '../store/support.ts'

const DONE: AttemptResult = {
  outcome: 'completed',
  exit_code: 0,
  signal: null,
  error: null,
  output: null,
  metrics: {},
  checked: null,
  peak: null,
  retry_after: null,
}

export interface Line {
  /** Time of day, of the batch's own day. */
  at: string
  stream?: LogStream
  text: string
}

/** A batch of one site whose tasks were tried; each attempt is its log. */
export interface LoggedBatch {
  batch_id: string
  day: string
  /** Whether it is not finished. */
  running?: boolean
  /** Per task its attempts. */
  tasks: Line[][][]
}

/** A workspace with such batches in its database and such logs. Task ids go on from batch to batch. */
export async function loggedWorkspace(folder: string, batches: readonly LoggedBatch[]): Promise<void> {
  writeFileSync(join(folder, 'zafra.yaml'), '{}\n')
  const store = await open(folder)
  let first = 1
  for (const [at, { batch_id, day, running, tasks }] of batches.entries()) {
    const batch = newBatch({ batch_id, execution_number: at + 1, started_at: `${day} 08:00:00` })
    await store.insertBatch(batch, plannedList(tasks.length), 3)
    const changes = tasks.flatMap((attempts, task) =>
      attempts.flatMap((lines, index) =>
        attemptChanges(folder, { batch_id, day, task_id: first + task, number: index + 1, lines }),
      ),
    )
    const set = {
      status: 'completed',
      completed_at: `${day} 20:00:00`,
      actual_duration_minutes: 720,
    } as const
    await store.commit([
      ...changes,
      ...(running ? [] : [{ type: 'batch', batch_id, from: 'running', set } as const]),
    ])
    first += tasks.length
  }
  await store.close()
}

function attemptChanges(
  folder: string,
  of: { batch_id: string; day: string; task_id: number; number: number; lines: Line[] },
): Change[] {
  const { batch_id, day, task_id, number, lines } = of
  const log_path = `logs/${batch_id}/${task_id}-${number}.log`
  mkdirSync(join(folder, 'logs', batch_id), { recursive: true })
  const written = lines.map(({ at, stream = 'out', text }) => `${day}T${at}.000Z ${stream}: ${text}\n`)
  writeFileSync(join(folder, log_path), written.join(''))
  const [started_at, ended_at] = [lines[0]?.at, lines.at(-1)?.at].map(
    (at) => `${day} ${at ?? '08:00:00'}.000`,
  )
  return [
    {
      type: 'attempt_started',
      attempt: { task_id, number, tag: 't', started_at: started_at ?? '', log_path },
    },
    {
      type: 'attempt_ended',
      task_id,
      number,
      end: { ...attemptEnd(DONE, new Date(0)), ended_at: ended_at ?? null },
    },
  ]
}
