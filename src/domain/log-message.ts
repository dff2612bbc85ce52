/** How such a line begins. */
export const MESSAGE = '{"scraper":'

const LEVELS: ReadonlyMap<string, LogMessage['weight']> = new Map([
  ['warn', 'warning'],
  ['warning', 'warning'],
  ['error', 'error'],
  ['critical', 'error'],
  ['fatal', 'error'],
])

/** A line of the scraper contract in words, as a log shows it and a search finds it. */
export interface LogMessage {
  /** As the scraper meant it; not sanitised. */
  text: string
  weight: 'note' | 'plain' | 'warning' | 'error'
}

/** What a line of the scraper contract says, or undefined where the line is none. */
export function readMessage(line: string): LogMessage | undefined {
  if (!line.startsWith(MESSAGE)) return undefined
  const fields = parse(line)
  if (!fields) return { text: line, weight: 'note' }
  const text = (name: string) => plain(fields[name])
  switch (fields['type']) {
    case 'log':
      return { text: text('message'), weight: LEVELS.get(text('level').toLowerCase()) ?? 'plain' }
    case 'error':
      return { text: `${text('class')}: ${text('message')}`, weight: 'error' }
    case 'metric':
      return { text: `${text('name')} = ${text('value')}`, weight: 'note' }
    case 'result': {
      const complete = fields['complete'] === true ? 'complete' : 'not complete'
      return { text: `${text('rows')} rows, ${complete}`, weight: 'note' }
    }
    case 'state':
      return { text: `checkpoint ${text('value')}`, weight: 'note' }
    default:
      return { text: line, weight: 'note' }
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
