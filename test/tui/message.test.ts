import { expect, test } from 'vitest'
import { messageSpan } from '../../src/tui/screens/log/message.ts'

const message = (fields: object) => JSON.stringify({ scraper: 1, ...fields })

test.each([
  [message({ type: 'log', level: 'warn', message: 'HTTP 500' }), 'HTTP 500', 'warn'],
  [message({ type: 'log', level: 'info', message: 'página 2' }), 'página 2', 'plain'],
  [message({ type: 'error', class: 'blocked', message: 'a wall' }), 'blocked: a wall', 'bad'],
  [message({ type: 'log', level: 'constructor', message: 'x' }), 'x', 'plain'],
  [message({ type: 'metric', name: 'requests', value: 4 }), 'requests = 4', 'dim'],
  [message({ type: 'result', rows: 12, complete: true }), '12 rows, complete', 'dim'],
  [message({ type: 'result', rows: 12 }), '12 rows, not complete', 'dim'],
  [message({ type: 'state', value: { page: 2 } }), 'checkpoint {"page":2}', 'dim'],
  ['{"scraper":1,"type":"log","mess', '{"scraper":1,"type":"log","mess', 'dim'],
])('%s reads %s', (line, text, style) => {
  expect(messageSpan(line)).toEqual({ text, style })
})

test('what the JSON had escaped does not come back as a control', () => {
  expect(messageSpan('{"scraper":1,"type":"log","message":"a\\u001b]0;x\\u0007b\\u202ec"}')?.text).toBe('abc')
})

test('any other line is none', () => {
  expect(messageSpan('{"page":2}')).toBeUndefined()
})
