import { isDeepStrictEqual } from 'node:util'
import type { Change, Reads } from '../../src/domain/store.ts'
import type { Task } from '../../src/domain/task.ts'
import type { Said } from './said.ts'

type Try = Extract<Said, { type: 'try' }>

/** Columns by name: of a row in full where it was read, of what was written where that is all we know. */
type Row = Readonly<Record<string, unknown>>

interface Rows {
  tasks: Map<number, Row>
  /** By `<task>.<number>`. */
  attempts: Map<string, Row>
}

/** What must be in the database, from what the engine said was acknowledged and nothing else. */
export class Model {
  readonly #rows: Rows = { tasks: new Map(), attempts: new Map() }
  /** Tried and neither acknowledged nor refused yet. */
  readonly #tried = new Map<number, Try>()
  #acknowledged = 0

  /** How many writes were acknowledged. */
  get acknowledged(): number {
    return this.#acknowledged
  }

  hear(said: Said): void {
    if (said.type === 'try') this.#tried.set(said.attempt, said)
    else if (said.type === 'undone') this.#tried.delete(said.attempt)
    else if (said.type === 'done') {
      const tried = this.#tried.get(said.attempt)
      if (!tried) throw new Error(`write ${said.attempt} was acknowledged without having been tried`)
      this.#tried.delete(said.attempt)
      this.#acknowledged += 1
      take(this.#rows, tried, byId(said.tasks ?? []))
    }
  }

  /**
   * Where the database differs from what was acknowledged; nothing if it does not. Only a write that the kill cut
   * off before its acknowledgement may be there besides, and then all of it.
   */
  async differences(reads: Reads): Promise<string[]> {
    const found = await readRows(reads)
    const differences = differ(this.#rows, found)
    for (const tried of this.#tried.values()) {
      if (differ(this.#rows, found).length === 0) break
      take(this.#rows, tried, found.tasks)
    }
    this.#tried.clear()
    return differ(this.#rows, found).length === 0 ? [] : differences
  }

  /** Whether this attempt was written down. */
  knows(attempt: string): boolean {
    return this.#rows.attempts.has(attempt)
  }

  /** Where the outputs of completed tasks must be, and those of the others may be. */
  outputs(): { path: string; completed: boolean }[] {
    return [...this.#rows.tasks.values()].map((task) => ({
      path: String(task['output_path']),
      completed: task['status'] === 'completed',
    }))
  }
}

function take(rows: Rows, tried: Try, tasks: Rows['tasks']): void {
  if ('changes' in tried) {
    for (const change of tried.changes) takeChange(rows, change)
    return
  }
  const inserted = [...tasks].filter(([, task]) => task['execution_batch'] === tried.batch_id)
  if (inserted.length !== tried.tasks) return
  for (const [id, task] of inserted) rows.tasks.set(id, task)
}

function byId(tasks: readonly Task[]): Rows['tasks'] {
  return new Map(tasks.map((task) => [task.id, { ...task }]))
}

function takeChange({ tasks, attempts }: Rows, change: Change): void {
  switch (change.type) {
    case 'task':
      tasks.set(change.id, { ...tasks.get(change.id), ...change.set })
      break
    case 'tasks':
      for (const [id, task] of tasks) {
        const { ids, batch } = change.filter
        const chosen =
          (ids?.includes(id) ?? true) && (batch === undefined || task['execution_batch'] === batch)
        if (chosen && task['status'] === change.from) tasks.set(id, { ...task, ...change.set })
      }
      break
    case 'attempt_started': {
      const key = `${change.attempt.task_id}.${change.attempt.number}`
      if (attempts.has(key)) throw new Error(`attempt ${key} was written down twice`)
      attempts.set(key, { ...change.attempt, outcome: null })
      break
    }
    case 'attempt_ended': {
      const key = `${change.task_id}.${change.number}`
      attempts.set(key, { ...attempts.get(key), ...change.end })
      break
    }
    default:
  }
}

async function readRows(reads: Reads): Promise<Rows> {
  const { tasks } = await reads.tasks({}, { offset: 0, limit: 1_000_000 })
  const rows: Rows = { tasks: byId(tasks), attempts: new Map() }
  for (const task of tasks) {
    for (const attempt of await reads.attempts(task.id)) {
      rows.attempts.set(`${task.id}.${attempt.number}`, { ...attempt })
    }
  }
  return rows
}

function differ(expected: Rows, found: Rows): string[] {
  return [
    ...differIn('task', expected.tasks, found.tasks),
    ...differIn('attempt', expected.attempts, found.attempts),
  ]
}

function differIn<Key extends number | string>(
  what: string,
  expected: Map<Key, Row>,
  found: Map<Key, Row>,
): string[] {
  const differences: string[] = []
  for (const key of found.keys())
    if (!expected.has(key)) differences.push(`${what} ${key} was never acknowledged`)
  for (const [key, row] of expected) {
    const is = found.get(key)
    if (!is) differences.push(`${what} ${key} is lost`)
    for (const [column, value] of Object.entries(row)) {
      if (is && !isDeepStrictEqual(is[column], value)) {
        const [has, should] = [is[column], value].map((each) => JSON.stringify(each))
        differences.push(`${what} ${key}: ${column} is ${has} and was acknowledged as ${should}`)
      }
    }
  }
  return differences
}
