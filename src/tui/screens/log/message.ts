import type { Style } from '../../theme.ts'

const MESSAGE = '{"scraper":'

const LEVELS: ReadonlyMap<string, Style> = new Map([
  ['warn', 'warn'],
  ['warning', 'warn'],
  ['error', 'bad'],
  ['critical', 'bad'],
  ['fatal', 'bad'],
])

/** A line of the scraper contract in words. */
export interface Message {
  /** As the scraper meant it: not fit for the screen yet. */
  text: string
  style: Style
  /** Whether it tells of an error. */
  error: boolean
}

/** What a line of the scraper contract says, or undefined where the line is none. */
export function readMessage(line: string): Message | undefined {
  if (!line.startsWith(MESSAGE)) return undefined
  const fields = parse(line)
  if (!fields) return { text: line, style: 'dim', error: false }
  const { type } = fields
  const text = (name: string) => plain(fields[name])
  switch (type) {
    case 'log': {
      const style = LEVELS.get(text('level').toLowerCase()) ?? 'plain'
      return { text: text('message'), style, error: style === 'bad' }
    }
    case 'error':
      return { text: `${text('class')}: ${text('message')}`, style: 'bad', error: true }
    case 'metric':
      return { text: `${text('name')} = ${text('value')}`, style: 'dim', error: false }
    case 'result': {
      const complete = fields['complete'] === true ? 'complete' : 'not complete'
      return { text: `${text('rows')} rows, ${complete}`, style: 'dim', error: false }
    }
    case 'state':
      return { text: `checkpoint ${text('value')}`, style: 'dim', error: false }
    default:
      return { text: line, style: 'dim', error: false }
  }
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    // A message that was cut at the line limit, or none at all.
    return undefined
  }
}
