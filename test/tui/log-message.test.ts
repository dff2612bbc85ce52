import { expect, test } from 'vitest'
import { readMessage } from '../../src/tui/screens/log/message.ts'

const message = (fields: object) => JSON.stringify({ scraper: 1, ...fields })

test.each([
  [message({ type: 'log', level: 'warn', message: 'HTTP 500' }), 'HTTP 500', 'warn', false],
  [message({ type: 'log', level: 'info', message: 'página 2' }), 'página 2', 'plain', false],
  [message({ type: 'log', level: 'ERROR', message: 'no list' }), 'no list', 'bad', true],
  [message({ type: 'error', class: 'blocked', message: 'a wall' }), 'blocked: a wall', 'bad', true],
  [message({ type: 'log', level: 'constructor', message: 'x' }), 'x', 'plain', false],
  [message({ type: 'metric', name: 'requests', value: 4 }), 'requests = 4', 'dim', false],
  [message({ type: 'result', rows: 12, complete: true }), '12 rows, complete', 'dim', false],
  [message({ type: 'result', rows: 12 }), '12 rows, not complete', 'dim', false],
  [message({ type: 'state', value: { page: 2 } }), 'checkpoint {"page":2}', 'dim', false],
  ['{"scraper":1,"type":"log","mess', '{"scraper":1,"type":"log","mess', 'dim', false],
])('%s reads %s', (line, text, style, error) => {
  expect(readMessage(line)).toEqual({ text, style, error })
})

test('any other line is none', () => {
  expect(readMessage('{"page":2}')).toBeUndefined()
})
