import { parseSqlTime } from '../../../domain/clock.ts'
import type { CodeNames } from '../../../domain/codes.ts'
import type { RunningTask, Views } from '../../../domain/query.ts'
import type { Task } from '../../../domain/task.ts'
import { bytes, count, moment } from '../../format.ts'
import { spanWidth } from '../../frame.ts'
import type { State } from '../../state.ts'
import type { Span, Theme } from '../../theme.ts'
import { outcomeSpan, taskSpan } from '../status.ts'
import { NAME, named, wrapped } from './wrapped.ts'

/** What is known of a task apart from its attempts. */
export function factRows(state: Pick<State, 'task' | 'shown'>, cells: number, { glyphs }: Theme): Span[][] {
  const { view, relative } = state.task
  if (!view) return []
  const { task, running } = view
  const dot: Span = { text: ` ${glyphs.dot} `, style: 'dim' }
  const rows = [
    ...noticeRows(view, glyphs),
    [named('Status'), ...statusSpans(task, state, dot, glyphs)],
    ...(task.status === 'skipped' ? wrapped('Why', task.error_message, cells, { style: 'warn' }) : []),
    ...(running ? [[named('Says'), ...runningSpans(running, dot)]] : []),
    [named('Site'), ...codeSpans(view, cells - NAME, dot)],
    [named('Place'), ...placeSpans(task, dot)],
    [named('URL'), { text: task.url }],
    [named('Output'), { text: task.output_path }],
  ]
  return relative ? [...rows, relativeRow(task, relative, dot, glyphs)] : rows
}

/** What is to be known of the output before anything else: it is doubted, or it is not all there is. */
function noticeRows({ task, attempts }: Views['task'], glyphs: Theme['glyphs']): Span[][] {
  const { output_check, output_complete, output_expected, data_records_extracted: rows } = task
  const notice = (text: string): Span[][] => [[{ text: `${glyphs.alert} ${text}`, style: 'warn' }]]
  if (output_check === 'suspect') {
    const finding = attempts.at(-1)?.findings.find(({ verdict }) => verdict === 'suspect')
    return notice(`Suspect, a accepts it: ${finding?.message ?? 'the checks doubt this output'}`)
  }
  if (output_complete !== false) return []
  const of = output_expected === null ? '' : ` of ${count(output_expected)}`
  return notice(`Incomplete: ${count(rows)}${of} rows; its scraper says that there are more`)
}

function statusSpans(
  task: Task,
  { shown }: Pick<State, 'shown'>,
  dot: Span,
  glyphs: Theme['glyphs'],
): Span[] {
  const again: Span[] =
    task.retry_at === null
      ? []
      : [
          dot,
          { text: `again ${moment(parseSqlTime(task.retry_at), shown?.now ?? new Date(0))}`, style: 'warn' },
        ]
  const waits: Span[] =
    task.ready || task.status !== 'pending' ? [] : [dot, { text: 'waits for its main task', style: 'warn' }]
  return [
    outcomeSpan(task, glyphs),
    ...again,
    ...waits,
    dot,
    { text: `${task.attempts} of ${task.max_attempts} attempts used` },
  ]
}

function placeSpans({ order_num, scraper_name, execution_batch }: Task, dot: Span): Span[] {
  return [
    { text: `${count(order_num)} in the list` },
    dot,
    { text: 'scraper ', style: 'dim' },
    { text: scraper_name },
    dot,
    { text: 'batch ', style: 'dim' },
    { text: execution_batch },
  ]
}

/** Codes with what people call them, where there is room for that; the site's name always. */
function codeSpans({ task, names }: Views['task'], cells: number, dot: Span): Span[] {
  const { website, city, operation, product, variant } = task
  const codes = (of: Pick<CodeNames, 'city' | 'operation' | 'product'>) => [
    ['', called(website, names.website)],
    ['city ', called(city, of.city)],
    ['operation ', called(operation, of.operation)],
    ['product ', called(product, of.product)],
    ...(variant > 1 ? [['variant ', String(variant)]] : []),
  ]
  const spans = (texts: ReturnType<typeof codes>) =>
    texts.flatMap(([what = '', text = ''], index): Span[] => [
      ...(index > 0 ? [dot] : []),
      { text: what, style: 'dim' },
      { text, style: index === 0 ? 'strong' : 'plain' },
    ])
  const long = spans(codes(names))
  return spanWidth(long) <= cells ? long : spans(codes({ city, operation, product }))
}

function called(code: string, name: string): string {
  return name === code ? code : `${code} (${name})`
}

function runningSpans({ progress, cpu_percent, memory_bytes, cancelling }: RunningTask, dot: Span): Span[] {
  const { page, pages, items, expected, message } = progress
  const of = (value: number, all: number | null) =>
    all === null ? count(value) : `${count(value)} of ${count(all)}`
  const parts = [
    ...(cancelling ? ['is being stopped'] : []),
    ...(page === null ? [] : [`page ${of(page, pages)}`]),
    ...(items === null ? [] : [`${of(items, expected)} rows`]),
    ...(cpu_percent === null ? [] : [`${Math.round(cpu_percent)} % CPU`]),
    ...(memory_bytes === null ? [] : [bytes(memory_bytes)]),
    ...(message === null ? [] : [message]),
  ]
  const said = parts.length === 0 ? ['nothing yet'] : parts
  return said.flatMap((text, index): Span[] => [...(index > 0 ? [dot] : []), { text, style: 'accent' }])
}

function relativeRow(task: Task, relative: Task, dot: Span, glyphs: Theme['glyphs']): Span[] {
  const detail = task.depends_on !== null
  return [
    named(detail ? 'Main task' : 'Detail'),
    { text: `task ${relative.id}` },
    dot,
    { text: relative.scraper_name },
    dot,
    taskSpan(relative.status, glyphs),
    { text: `   m opens it`, style: 'dim' },
  ]
}
