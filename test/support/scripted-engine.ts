import type { Command, Result } from '../../src/domain/command.ts'
import type { Engine } from '../../src/domain/engine.ts'
import { ZafraError } from '../../src/domain/error.ts'
import type { EngineEvent } from '../../src/domain/event.ts'
import { searchedGroup, sortedGroups } from '../../src/domain/error-group.ts'
import type { TaskFilter } from '../../src/domain/filter.ts'
import type { LogLine } from '../../src/domain/logs.ts'
import type { Overview, Query, View, Views } from '../../src/domain/query.ts'
import type { TaskSort } from '../../src/domain/task-sort.ts'
import { matches } from '../../src/domain/search-fields.ts'
import { readMessage } from '../../src/domain/log-message.ts'
import { searchPattern } from '../../src/domain/search-pattern.ts'
import { parseSearch, type Term } from '../../src/domain/search.ts'
import type { Task } from '../../src/domain/task.ts'

/** An event but for its number, which the engine gives it. */
export type Unnumbered = EngineEvent extends infer Event
  ? Event extends { seq: number }
    ? Omit<Event, 'seq'>
    : never
  : never

/** Answers by what is asked. */
export type Scripts = {
  [Type in Query['type']]?: (query: Extract<Query, { type: Type }>) => Views[Type]
}

/**
 * An engine that does nothing of itself: a test says what it shows and hears, and reads what it was told.
 * It stands for the port while the TUI is tested; the engine itself has its own tests.
 */
export class ScriptedEngine implements Engine {
  /** What it was told, in order. */
  readonly commands: Command[] = []
  /** What `overview` answers; replace it, then `tell`. */
  overview: Overview
  /** By task. */
  readonly logs = new Map<number, LogLine[]>()
  /** Logs of earlier attempts, by `task/attempt`. */
  readonly earlierLogs = new Map<string, LogLine[]>()
  /** How many lines one piece of a search covers. */
  searchedLines = 50
  /** What `tasks` and `task_ids` choose from. */
  tasks: Task[] = []
  /** Every query but `overview`, in order. */
  readonly queries: Query[] = []
  /** What `plan`, `batches` and others answer, by type. */
  readonly answers: Partial<Views> = {}
  /** The same where the answer depends on what is asked. */
  readonly scripts: Scripts = {}
  /** How many queries are under way, and how many there ever were at once. */
  readonly asked = { now: 0, most: 0 }
  /** What the next command answers; a ZafraError is thrown. */
  answer: Result<Command> | ZafraError = { changed: 1, refused: [], note: null }
  private seq = 0
  private readonly listeners = new Set<(event: EngineEvent) => void>()

  constructor(overview: Overview) {
    this.overview = overview
  }

  async execute<C extends Command>(command: C): Promise<Result<C>> {
    this.commands.push(command)
    if (this.answer instanceof ZafraError) throw this.answer
    return this.answer as Result<C>
  }

  async query<Q extends Query>(query: Q): Promise<View<Q>> {
    if (query.type === 'overview') return { ...this.overview, seq: this.seq } as View<Q>
    this.queries.push(query)
    this.asked.most = Math.max(this.asked.most, (this.asked.now += 1))
    try {
      // As from another process: never in the same turn.
      await new Promise<void>((resolve) => setImmediate(resolve))
      return this.answerTo(query) as View<Q>
    } finally {
      this.asked.now -= 1
    }
  }

  private answerTo(query: Query): Views[Query['type']] {
    if (query.type === 'log') return this.log(query)
    if (query.type === 'log_matches') return this.logMatches(query)
    if (query.type === 'tasks') return this.page(query)
    if (query.type === 'errors') return this.groups(query)
    if (query.type === 'task_ids') return choose(this.tasks, query.filter).map(({ id }) => id)
    const script = this.scripts[query.type] as ((asked: Query) => Views[Query['type']]) | undefined
    if (script) return script(query)
    const answer = this.answers[query.type]
    if (answer === undefined)
      throw new ZafraError('not_found', `the scripted engine answers no "${query.type}"`)
    return answer
  }

  private groups(query: Extract<Query, { type: 'errors' }>): Views['errors'] {
    const { search = '', sort, offset, limit, find } = query
    const terms = parseSearch(search)
    const found = this.overview.error_groups.filter((group) => matches(terms, searchedGroup(group)))
    const groups = sort ? sortedGroups(found, sort) : found
    const position = groups.findIndex(({ key }) => key === find)
    return {
      total: groups.length,
      groups: groups.slice(offset, offset + limit),
      position: position === -1 ? null : position,
    }
  }

  private page({ filter, sort, offset, limit, find }: Extract<Query, { type: 'tasks' }>): Views['tasks'] {
    const chosen = choose(this.tasks, filter)
    if (sort) chosen.sort(comparing(sort))
    const position = find === undefined ? -1 : chosen.findIndex(({ id }) => id === find)
    return {
      total: chosen.length,
      tasks: chosen.slice(offset, offset + limit),
      position: position === -1 ? null : position,
    }
  }

  subscribe(listener: (event: EngineEvent) => void): () => void {
    this.listeners.add(listener)
    listener({ seq: this.seq, type: 'snapshot', overview: { ...this.overview, seq: this.seq } })
    return () => this.listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.listeners.clear()
  }

  /** How many clients listen. */
  get clients(): number {
    return this.listeners.size
  }

  tell(event: Unnumbered): void {
    this.seq += 1
    for (const listener of this.listeners) listener({ ...event, seq: this.seq })
  }

  /** Appends lines to a task's log. */
  print(task: number, stream: LogLine['stream'], ...texts: string[]): void {
    const lines = this.logs.get(task) ?? []
    for (const text of texts) {
      const last = lines.at(-1)
      const offset = last ? last.offset + last.text.length + 30 : 0
      lines.push({ offset, at: '2026-09-01T08:00:00.000Z', stream, text, continued: false })
    }
    this.logs.set(task, lines)
  }

  private log({ from, limit, stream, ...of }: Extract<Query, { type: 'log' }>): Views['log'] {
    const { all, attempt } = this.logOf(of)
    const wanted = stream ? all.filter((line) => line.stream === stream) : all
    const end = endOf(all)
    const lines = pick(wanted, from, limit)
    const last = lines.at(-1)
    const complete = last === undefined || last === wanted.at(-1)
    return { lines, next: complete ? end : (last?.offset ?? 0) + 1, dropped: 0, end: complete, attempt }
  }

  private logMatches({
    text,
    from,
    stream,
    ...of
  }: Extract<Query, { type: 'log_matches' }>): Views['log_matches'] {
    const { all, attempt } = this.logOf(of)
    const rest = all.filter(({ offset }) => offset >= from)
    const piece = rest.slice(0, this.searchedLines)
    const lines = piece.filter(
      (line) =>
        [line.text, readMessage(line.text)?.text ?? ''].some((said) => searchPattern(text).test(said)) &&
        (!stream || line.stream === stream),
    )
    const next = rest[piece.length]?.offset ?? endOf(all)
    return { lines: lines.map(({ offset }) => offset), next, end: piece.length === rest.length, attempt }
  }

  private logOf({ task_id, attempt }: { task_id: number; attempt?: number }) {
    const last = this.answers.task?.attempts.at(-1)?.number ?? 1
    const earlier = attempt !== undefined && attempt !== last
    const all = earlier ? this.earlierLogs.get(`${task_id}/${attempt}`) : this.logs.get(task_id)
    if (!all) throw new ZafraError('not_found', `task ${task_id} has no log`)
    return { all, attempt: attempt ?? last }
  }
}

function endOf(lines: readonly LogLine[]): number {
  const last = lines.at(-1)
  return last ? last.offset + 1 : 0
}

function pick(lines: LogLine[], from: Extract<Query, { type: 'log' }>['from'], limit: number): LogLine[] {
  if (from === 'end') return lines.slice(-limit)
  if ('before' in from) return lines.filter(({ offset }) => offset < from.before).slice(-limit)
  return lines.filter(({ offset }) => offset >= from.offset).slice(0, limit)
}

/** As much of a filter as the tests of the TUI use. */
function choose(tasks: readonly Task[], { ids, status, check, search = '' }: TaskFilter): Task[] {
  const terms = parseSearch(search)
  return tasks.filter(
    (task) =>
      (!ids || ids.includes(task.id)) &&
      (!status || status.includes(task.status)) &&
      (!check || (task.output_check !== null && check.includes(task.output_check))) &&
      terms.every((term) => term.not !== holds(term, task)),
  )
}

function holds(term: Term, task: Task): boolean {
  if (term.kind === 'words') {
    const value = term.field === 'status' ? task.status : task.website
    return term.words.includes(value.toLowerCase())
  }
  const text = `${task.website} ${task.city} ${task.operation} ${task.product} ${task.url}`.toLowerCase()
  return term.kind === 'range' || text.includes(term.text)
}

function comparing({ by, descending }: TaskSort): (one: Task, other: Task) => number {
  const key = by === 'minutes' ? 'id' : by
  const sign = descending ? -1 : 1
  return (one, other) =>
    sign * String(one[key]).localeCompare(String(other[key]), 'en', { numeric: true }) || one.id - other.id
}
