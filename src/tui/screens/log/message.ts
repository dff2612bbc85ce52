import { safe } from '../../../domain/safe.ts'
import type { Span, Style } from '../../theme.ts'

const MESSAGE = '{"scraper":'

const LEVELS: ReadonlyMap<string, Style> = new Map([
  ['warn', 'warn'],
  ['warning', 'warn'],
  ['error', 'bad'],
])

/**
 * A line of the scraper contract in words, or undefined where the line is none.
 * Decoding brings back what was escaped in the JSON, so the words are made safe once more.
 */
export function messageSpan(line: string): Span | undefined {
  if (!line.startsWith(MESSAGE)) return undefined
  const fields = parse(line)
  if (!fields) return { text: line, style: 'dim' }
  const { type } = fields
  const text = (name: string) => safe(plain(fields[name]))
  switch (type) {
    case 'log':
      return { text: text('message'), style: LEVELS.get(text('level')) ?? 'plain' }
    case 'error':
      return { text: `${text('class')}: ${text('message')}`, style: 'bad' }
    case 'metric':
      return { text: `${text('name')} = ${text('value')}`, style: 'dim' }
    case 'result':
      return {
        text: `${text('rows')} rows, ${fields['complete'] === true ? 'complete' : 'not complete'}`,
        style: 'dim',
      }
    case 'state':
      return { text: `checkpoint ${text('value')}`, style: 'dim' }
    default:
      return { text: line, style: 'dim' }
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
