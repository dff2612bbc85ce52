import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRedactor } from '../../src/runner/redact.ts'

const SECRET = 'p"ä\\s/wörd 7'
const redactor = createRedactor(['KEY'], { KEY: SECRET })

test.each([
  ['as it is', SECRET],
  ['as JSON', JSON.stringify({ key: SECRET })],
  ['as JSON of ASCII only', String.raw`{"key": "p\"\u00e4\\s/w\u00f6rd 7"}`],
  ['as JSON in the midst of a line', `got ${JSON.stringify({ key: SECRET })}`],
  ['as JSON with escapes nobody needs', String.raw`{"key": "\u0070\"\u00E4\\s\/w\u00f6rd\u00207"}`],
  ['in a URL', `https://a.mx/?key=${encodeURIComponent(SECRET)}`],
  ['in a form', `key=${String(new URLSearchParams({ key: SECRET })).slice(4)}`],
])('a secret is masked %s', (_, line) => {
  const masked = redactor.maskLine(Buffer.from(line)).toString()
  expect(masked).toContain('******')
  expect(masked).not.toMatch(/7/)
})

test('a message stays a message when something in it was masked', () => {
  const line = Buffer.from(String.raw`{"scraper":1,"type":"log","level":"a\u0062c","message":"\t"}`)
  const ours = createRedactor(['KEY'], { KEY: 'abc' })
  expect(JSON.parse(ours.maskLine(line).toString())).toEqual({
    scraper: 1,
    type: 'log',
    level: '***',
    message: '\t',
  })
  expect(ours.maskLine(Buffer.from('{"half": "\\'))).toEqual(Buffer.from('{"half": "\\'))
})

test('of a secret of several lines, a brace is none', () => {
  const ours = createRedactor(['KEY'], { KEY: '{\n  "private": "abcdef"\n}' })
  expect(ours.maskText('{"scraper":1}')).toBe('{"scraper":1}')
  expect(ours.maskText('x  "private": "abcdef"x')).toBe('x******x')
})

test('whatever the secret and whatever stands around it, no string of a line holds it', () => {
  const secret = fc
    .string({ unit: 'grapheme', minLength: 7, maxLength: 40 })
    .filter((each) => !/[\r\n*]/.test(each))
  fc.assert(
    fc.property(secret, fc.string({ unit: 'grapheme' }), fc.string(), (key, before, after) => {
      const ours = createRedactor(['KEY'], { KEY: key })
      const text = before + key + after
      expect(ours.maskText(text)).not.toContain(key)
      const line = ours.maskLine(Buffer.from(JSON.stringify({ text }))).toString()
      expect((JSON.parse(line) as { text: string }).text).not.toContain(key)
    }),
    { numRuns: 500 },
  )
})
