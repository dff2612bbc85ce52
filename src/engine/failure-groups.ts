import { errorKey, fateOf, isRecovered, type ErrorGroup, type Fates } from '../domain/error-group.ts'
import type { Failure } from '../domain/store.ts'
import type { TaskStatus } from '../domain/task.ts'
import type { BatchFailures } from './failures.ts'

interface Group {
  view: ErrorGroup
  /** Of each task the last attempt that failed so: what is read and heard at once counts once. */
  tasks: Map<number, number>
}

/** A task that has a failed attempt. */
interface FailedTask {
  status: TaskStatus
  groups: Set<Group>
}

/** The failed attempts of one batch in groups, with what became of their tasks. */
export class Groups implements BatchFailures {
  /** The latest last. */
  readonly #groups = new Map<string, Group>()
  readonly #tasks = new Map<number, FailedTask>()
  readonly #fates: Fates = { lost: 0, recovered: 0 }
  #ordered: readonly ErrorGroup[] | undefined

  groups(): readonly ErrorGroup[] {
    return (this.#ordered ??= [...this.#groups.values()]
      .toReversed()
      .map(({ view }) => view)
      .sort((a, b) => Number(isRecovered(a)) - Number(isRecovered(b)) || latestFirst(a, b)))
  }

  fates(): Fates {
    return { ...this.#fates }
  }

  has(key: string, task_id: number): boolean {
    return this.#groups.get(key)?.tasks.has(task_id) ?? false
  }

  add(failure: Failure): void {
    const { task_id, number, website, ended_at, error_class, message } = failure
    const key = failure.key ?? errorKey(error_class, message)
    const group = this.#groups.get(key) ?? { view: emptyGroup(key, failure), tasks: new Map() }
    if ((group.tasks.get(task_id) ?? 0) >= number) return
    const task = this.#taskOf(failure)
    group.tasks.set(task_id, number)
    const { view } = group
    const latest = ended_at >= view.last_at
    group.view = {
      ...view,
      attempts: view.attempts + 1,
      tasks: group.tasks.size,
      sites: view.sites.includes(website) ? view.sites : [...view.sites, website].sort(),
      first_at: ended_at < view.first_at ? ended_at : view.first_at,
      ...(latest && { message, last_at: ended_at, last_task_id: task_id, last_attempt: number }),
    }
    if (!task.groups.has(group)) {
      task.groups.add(group)
      group.view = counted(group.view, task.status, 1)
    }
    this.#groups.delete(key)
    this.#groups.set(key, group)
    this.#ordered = undefined
  }

  /** What the task is from now on; one that never failed counts for nothing. */
  become(task_id: number, status: TaskStatus): void {
    const task = this.#tasks.get(task_id)
    if (!task || fateOf(task.status) === fateOf(status)) return
    Object.assign(this.#fates, counted(counted(this.#fates, task.status, -1), status, 1))
    for (const group of task.groups) group.view = counted(counted(group.view, task.status, -1), status, 1)
    task.status = status
    this.#ordered = undefined
  }

  #taskOf({ task_id, task_status }: Failure): FailedTask {
    const known = this.#tasks.get(task_id)
    if (known) return known
    const task = { status: task_status, groups: new Set<Group>() }
    this.#tasks.set(task_id, task)
    Object.assign(this.#fates, counted(this.#fates, task_status, 1))
    return task
  }
}

function counted<Of extends Fates>(of: Of, status: TaskStatus, by: 1 | -1): Of {
  const fate = fateOf(status)
  return fate === undefined ? of : { ...of, [fate]: of[fate] + by }
}

function latestFirst(a: ErrorGroup, b: ErrorGroup): number {
  return a.last_at < b.last_at ? 1 : a.last_at > b.last_at ? -1 : 0
}

function emptyGroup(key: string, { task_id, number, ended_at, error_class, message }: Failure): ErrorGroup {
  return {
    key,
    error_class,
    message,
    attempts: 0,
    tasks: 0,
    lost: 0,
    recovered: 0,
    sites: [],
    first_at: ended_at,
    last_at: ended_at,
    last_task_id: task_id,
    last_attempt: number,
  }
}
