import { expect, test } from 'vitest'
import { readMessage } from '../../src/domain/log-message.ts'

const message = (fields: object) => JSON.stringify({ scraper: 1, ...fields })

test.each([
  [message({ type: 'log', level: 'warn', message: 'HTTP 500' }), 'HTTP 500', 'warning'],
  [message({ type: 'log', level: 'info', message: 'página 2' }), 'página 2', 'plain'],
  [message({ type: 'log', level: 'ERROR', message: 'no list' }), 'no list', 'error'],
  [message({ type: 'error', class: 'blocked', message: 'a wall' }), 'blocked: a wall', 'error'],
  [message({ type: 'log', level: 'constructor', message: 'x' }), 'x', 'plain'],
  [message({ type: 'metric', name: 'requests', value: 4 }), 'requests = 4', 'note'],
  [message({ type: 'result', rows: 12, complete: true }), '12 rows, complete', 'note'],
  [message({ type: 'result', rows: 12 }), '12 rows, not complete', 'note'],
  [message({ type: 'state', value: { page: 2 } }), 'checkpoint {"page":2}', 'note'],
  ['{"scraper":1,"type":"log","mess', '{"scraper":1,"type":"log","mess', 'note'],
])('%s reads %s', (line, text, weight) => {
  expect(readMessage(line)).toEqual({ text, weight })
})

test('any other line is none', () => {
  expect(readMessage('{"page":2}')).toBeUndefined()
})
