import type { Engine } from '../../../domain/engine.ts'
import type { LogMatches, LogPage } from '../../../domain/logs.ts'
import type { LogFrom } from '../../../domain/query.ts'
import type { Readable } from '../../readable.ts'
import { pageLines, type Line } from './line.ts'
import { isChosen, type Choice } from './view.ts'

/** Lines of the log that one question brings. */
const PAGE = 500

/** A page of a log, of which only the chosen lines are left. */
export interface LinePage {
  attempt: number
  lines: Line[]
  /** Bytes of the log that the page covers. */
  start: number
  next: number
  begins: boolean
  ends: boolean
  /** Bytes that the size cap cut out behind the last line. */
  after: number
}

/** Asks for the log of one task, a page at a time: what is not chosen is passed over here, so that no question takes long. */
export class LogPages {
  private readonly engine: Engine
  private readonly readable: Readable
  private readonly task_id: number

  constructor(engine: Engine, readable: Readable, task_id: number) {
    this.engine = engine
    this.readable = readable
    this.task_id = task_id
  }

  /** @param attempt undefined: the last one */
  async read(attempt: number | undefined, from: LogFrom, choice: Choice): Promise<LinePage> {
    const page = await this.engine.query({ type: 'log', ...this.of(attempt), from, limit: PAGE })
    const { start, until, begins } = extent(page, from)
    const { lines, after } = pageLines(page, { from: start, until }, this.readable)
    const kept = chosen(lines, choice, page.removed_at)
    return {
      attempt: page.attempt,
      lines: kept.lines,
      start,
      next: page.next,
      begins,
      ends: page.end,
      after: kept.after + after,
    }
  }

  find(attempt: number | undefined, text: string, from: number, choice: Choice): Promise<LogMatches> {
    const { stream } = choice
    return this.engine.query({
      type: 'log_matches',
      ...this.of(attempt),
      text,
      from,
      ...(stream && { stream }),
    })
  }

  private of(attempt: number | undefined) {
    return { task_id: this.task_id, ...(attempt !== undefined && { attempt }) }
  }
}

function extent({ lines, next }: LogPage, from: LogFrom) {
  if (from !== 'end' && 'offset' in from)
    return { start: from.offset, until: next, begins: from.offset === 0 }
  const start = lines[0]?.offset ?? next
  return {
    start,
    until: from === 'end' ? undefined : from.before,
    // Fewer lines than asked for say nothing: a page of long ones holds fewer.
    begins: start === 0 || lines.length === 0,
  }
}

/** A cut before a line that is passed over is told before the next one that is not. */
function chosen(lines: readonly Line[], choice: Choice, removed_at: string | undefined) {
  const result: Line[] = []
  let gap = 0
  for (const line of lines) {
    gap += line.gap
    if (!isChosen(line, choice, removed_at)) continue
    result.push(gap === line.gap ? line : { ...line, gap })
    gap = 0
  }
  return { lines: result, after: gap }
}
