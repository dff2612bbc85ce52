import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineCutter, MAX_LINE } from '../../src/runner/lines.ts'
import { createRedactor } from '../../src/runner/redact.ts'

const NOTHING = createRedactor([], {})

function cut(chunks: Uint8Array[], redactor = NOTHING) {
  const lines: { text: string; continued: boolean }[] = []
  const cutter = new LineCutter(redactor, (line, continued) =>
    lines.push({ text: line.toString('latin1'), continued }),
  )
  for (const chunk of chunks) cutter.push(Buffer.from(chunk))
  cutter.end()
  return lines
}

/** `text` cut into chunks at `places`. */
function chunked(text: Buffer, places: number[]): Buffer[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1))), text.length]
  ends.sort((a, b) => a - b)
  return ends.map((end, at) => text.subarray(ends[at - 1] ?? 0, end))
}

test('lines do not depend on where the chunks end', () => {
  const bytes = fc.array(fc.oneof(fc.constant(10), fc.constant(0), fc.integer({ min: 0, max: 255 })))
  fc.assert(
    fc.property(bytes, fc.array(fc.nat()), (values, places) => {
      const text = Buffer.from(values)
      const expected = text.toString('latin1').split('\n')
      if (expected.at(-1) === '') expected.pop()
      expect(cut(chunked(text, places))).toEqual(expected.map((line) => ({ text: line, continued: false })))
    }),
  )
})

test('a line longer than the cap comes in pieces, and none of it is lost', () => {
  const long = Buffer.alloc(MAX_LINE * 3 + 5, 'abcdefg')
  for (const size of [1000, 65_536, 1_000_000]) {
    const chunks = Array.from({ length: Math.ceil(long.length / size) }, (_, at) =>
      long.subarray(at * size, (at + 1) * size),
    )
    const lines = cut([...chunks, Buffer.from('\nnext')])
    expect(lines.map(({ text }) => text.length)).toEqual([MAX_LINE, MAX_LINE, MAX_LINE, 5, 4])
    expect(lines.map(({ continued }) => continued)).toEqual([true, true, true, false, false])
    expect(
      lines
        .slice(0, 4)
        .map(({ text }) => text)
        .join(''),
    ).toBe(long.toString())
  }
})

test('a secret is masked wherever the chunks and the pieces of a long line end', () => {
  const redactor = createRedactor(['KEY', 'PEM', 'NONE'], {
    KEY: 'contraseña!',
    PEM: '-----BEGIN-----\nqwertyuiop\n',
  })
  const secret = Buffer.from('contraseña!').toString('latin1')
  const place = fc.oneof(fc.nat(50), fc.integer({ min: MAX_LINE - 30, max: MAX_LINE + 30 }))
  fc.assert(
    fc.property(place, fc.array(fc.nat(MAX_LINE * 2)), (before, places) => {
      const text = Buffer.from(`${'.'.repeat(before)}contraseña!${'.'.repeat(20)}qwertyuiop\n`)
      const whole = cut(chunked(text, places), redactor)
        .map((line) => line.text)
        .join('')
      expect(whole).not.toContain(secret)
      expect(whole).not.toContain('qwertyuiop')
      expect(whole).toContain('*****')
      expect(whole.replaceAll(/\*/g, '')).toBe('.'.repeat(before + 20))
    }),
  )
})

test('a secret that holds another one is masked as a whole', () => {
  const redactor = createRedactor(['A', 'B'], { A: 'token', B: 'token-and-more' })
  expect(redactor.mask(Buffer.from('token-and-more token')).toString()).toBe('****** *****')
})

test('bytes without a secret pass as they are', () => {
  const bytes = Buffer.from([0xff, 0, 0xc3, 0x28])
  expect(createRedactor(['A'], { A: 'token' }).mask(bytes)).toBe(bytes)
})
