import type { Command, Result } from '../../src/domain/command.ts'
import type { Engine } from '../../src/domain/engine.ts'
import { ZafraError } from '../../src/domain/error.ts'
import type { EngineEvent } from '../../src/domain/event.ts'
import type { LogLine } from '../../src/domain/logs.ts'
import type { Overview, Query, View } from '../../src/domain/query.ts'

/** An event but for its number, which the engine gives it. */
export type Unnumbered = EngineEvent extends infer Event
  ? Event extends { seq: number }
    ? Omit<Event, 'seq'>
    : never
  : never

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
  /** What the next command answers; a ZafraError is thrown. */
  answer: Result<Command> | ZafraError = { changed: 1, refused: [] }
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
    if (query.type === 'log') return this.log(query) as View<Q>
    throw new ZafraError('not_found', `the scripted engine answers no "${query.type}"`)
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

  private log({
    task_id,
    from,
    limit,
    stream,
  }: Extract<Query, { type: 'log' }>): View<{ type: 'log' } & Query> {
    const all = this.logs.get(task_id)
    if (!all) throw new ZafraError('not_found', `task ${task_id} has no log`)
    const wanted = stream ? all.filter((line) => line.stream === stream) : all
    const end = all.length === 0 ? 0 : (all.at(-1)?.offset ?? 0) + 1
    const lines = pick(wanted, from, limit)
    const last = lines.at(-1)
    const complete = last === undefined || last === wanted.at(-1)
    return { lines, next: complete ? end : (last?.offset ?? 0) + 1, dropped: 0, end: complete, attempt: 1 }
  }
}

function pick(lines: LogLine[], from: Extract<Query, { type: 'log' }>['from'], limit: number): LogLine[] {
  if (from === 'end') return lines.slice(-limit)
  if ('before' in from) return lines.filter(({ offset }) => offset < from.before).slice(-limit)
  return lines.filter(({ offset }) => offset >= from.offset).slice(0, limit)
}
