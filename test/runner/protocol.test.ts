import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NO_REPORT } from '../../src/domain/list-report.ts'
import { clip, parseMessage } from '../../src/runner/protocol.ts'

const parse = (fields: unknown) => parseMessage(Buffer.from(JSON.stringify(fields)))

test.each([
  [
    { type: 'progress', page: 2 },
    { type: 'progress', progress: { page: 2 } },
  ],
  [
    { type: 'progress', page: null, message: 'x' },
    { type: 'progress', progress: { message: 'x' } },
  ],
  [
    { type: 'state', value: null },
    { type: 'state', value: null },
  ],
  [
    { type: 'metric', name: 'http_403', value: 2.5 },
    { type: 'metric', name: 'http_403', value: 2.5 },
  ],
  [
    { type: 'metric', name: 'field_baños', value: 1 },
    { type: 'metric', name: 'field_baños', value: 1 },
  ],
  [
    { type: 'log', level: 'info', message: 'x' },
    { type: 'log', level: 'info', message: 'x' },
  ],
  [
    { type: 'error', class: 'blocked', message: 'a\nb', url: 'https://x/', http: 403 },
    { type: 'error', class: 'blocked', message: 'a b', url: 'https://x/', http: 403, retry_after: null },
  ],
  [
    { type: 'error', class: 'input', message: '' },
    { type: 'error', class: 'input', message: '', url: null, http: null, retry_after: null },
  ],
  [
    { type: 'error', class: 'transient', message: 'x', retry_after: 0.5 },
    { type: 'error', class: 'transient', message: 'x', url: null, http: null, retry_after: 0.5 },
  ],
  [
    { type: 'error', class: 'transient', message: 'x', retry_after: 1e300 },
    { type: 'error', class: 'transient', message: 'x', url: null, http: null, retry_after: 604_800 },
  ],
  [
    { type: 'result', rows: 0, complete: false },
    { type: 'result', rows: 0, complete: false, report: NO_REPORT },
  ],
])('%j is a message', (fields, message) => {
  expect(parse({ scraper: 1, ...fields })).toEqual(message)
})

test.each([
  { scraper: 2, type: 'log', level: 'info', message: 'x' },
  { type: 'log', level: 'info', message: 'x' },
  { scraper: 1, type: 'unheard' },
  { scraper: 1, type: '__proto__' },
  { scraper: 1, type: 'constructor' },
  { scraper: 1, type: 'progress', page: '2' },
  { scraper: 1, type: 'progress', page: -1 },
  { scraper: 1, type: 'progress', message: 5 },
  { scraper: 1, type: 'state' },
  { scraper: 1, type: 'metric', name: 'x', value: '1' },
  { scraper: 1, type: 'metric', name: 'two words', value: 1 },
  { scraper: 1, type: 'metric', name: '', value: 1 },
  { scraper: 1, type: 'log', message: 'x' },
  { scraper: 1, type: 'error', class: 'timeout', message: 'only the runner can tell' },
  { scraper: 1, type: 'error', class: 'unheard', message: 'x' },
  { scraper: 1, type: 'error', class: 'blocked' },
  { scraper: 1, type: 'error', class: 'blocked', message: 'x', http: '403' },
  { scraper: 1, type: 'error', class: 'blocked', message: 'x', retry_after: '60' },
  { scraper: 1, type: 'error', class: 'blocked', message: 'x', retry_after: -1 },
  { scraper: 1, type: 'result', rows: 1.5, complete: true },
  { scraper: 1, type: 'result', rows: 1 },
  [{ scraper: 1, type: 'state', value: 1 }],
  null,
])('%j is a log line', (fields) => {
  expect(parse(fields)).toBeUndefined()
})

test('a result says what the list was', () => {
  const report = {
    expected: 4849,
    stopped_by: 'robots',
    cap: 1000,
    cards: 150,
    repeats: 24,
    unseen: 40,
    redirected_to: 'https://a.mx/other/',
    unpriced: 6,
  }
  expect(parse({ scraper: 1, type: 'result', rows: 126, complete: false, ...report })).toEqual({
    type: 'result',
    rows: 126,
    complete: false,
    report,
  })
})

test('what is malformed of a report is not said, and the rows still count', () => {
  const wrong = {
    expected: -1,
    stopped_by: 'weather',
    cap: '1000',
    cards: 1.5,
    repeats: [],
    unseen: {},
    redirected_to: 5,
    unpriced: true,
  }
  expect(parse({ scraper: 1, type: 'result', rows: 3, complete: true, ...wrong })).toEqual({
    type: 'result',
    rows: 3,
    complete: true,
    report: NO_REPORT,
  })
})

test('no bytes at all make it throw', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => void parseMessage(Buffer.from(bytes))))
  fc.assert(
    fc.property(fc.json(), (json) => {
      parseMessage(Buffer.from(`{"scraper":1,"type":"progress","message":${json}}`))
      parseMessage(Buffer.from(`{"scraper":1,"type":${json}}`))
    }),
  )
  expect(parseMessage(Buffer.from('{"scraper":1,"type":{"toString":""}}'))).toBeUndefined()
  expect(parseMessage(Buffer.from(`{"scraper":1,"x":${'['.repeat(60_000)}`))).toBeUndefined()
})

test('a text becomes one line of a bearable length', () => {
  expect(clip('  a\r\n\n b ')).toBe('a b')
  expect(clip('x'.repeat(501))).toHaveLength(500)
})

test('a message of nothing but spaces is read in no time', () => {
  const line = Buffer.from(
    JSON.stringify({ scraper: 1, type: 'progress', message: `${' '.repeat(60_000)}x` }),
  )
  const began = performance.now()
  expect(parseMessage(line)).toEqual({ type: 'progress', progress: { message: 'x' } })
  expect(performance.now() - began).toBeLessThan(500)
})
