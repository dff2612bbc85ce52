import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { errorKey } from '../../src/domain/error-group.ts'

const alike: [string, string][] = [
  ['page 3 of 17 has no items', 'page 12 of 17 has no items'],
  ['HTTP 503 from https://a.mx/x?p=1', 'HTTP 502 from https://b.mx/y'],
  ['no listing "Casa en Zapopan"', 'no listing "Depto en Tonalá"'],
  ["no field 'precio' in row 8", "no field 'm2' in row 19"],
  ['no listing «Casa»', 'no listing «Quinta»'],
  ['session 0f9a8b7c6d gone', 'session a1b2c3d4e5f6 gone'],
  ['session 12345678 gone', 'session a2345678 gone'],
  ['run 123e4567-e89b-12d3-a456-426614174000 ended', 'run 00000000-e89b-12d3-a456-4266141740ff ended'],
  ['timed out after 30.5 s', 'timed out after 1,200 s'],
  ['Connection   RESET\n by peer', 'connection reset by peer'],
  [' trailing ', 'trailing'],
]

const different: [string, string][] = [
  ['connection reset', 'connection refused'],
  ["can't open the list, don't retry", "can't read the page, don't retry"],
  ['no price', 'no prices'],
]

describe('the key of an error', () => {
  it.each(alike)('%j is like %j', (one, other) => {
    expect(errorKey('transient', one)).toBe(errorKey('transient', other))
  })

  it.each(different)('%j is not like %j', (one, other) => {
    expect(errorKey('transient', one)).not.toBe(errorKey('transient', other))
  })

  it('is another for another class', () => {
    expect(errorKey('blocked', 'no')).not.toBe(errorKey('transient', 'no'))
  })

  it('does not depend on the numbers in a message, whatever its words are', () => {
    const word = fc.stringMatching(/^[g-zñé]{1,8}$/)
    const template = fc.array(fc.oneof(word, fc.constant(null)), { minLength: 1, maxLength: 12 })
    const numbers = fc.array(fc.nat(), { minLength: 12, maxLength: 12 })
    fc.assert(
      fc.property(template, numbers, numbers, (parts, some, others) => {
        const write = (from: number[]) => parts.map((part, at) => part ?? from[at]).join(' ')
        expect(errorKey('internal', write(some))).toBe(errorKey('internal', write(others)))
      }),
    )
  })

  it('is short and quick to make, whatever a scraper writes', () => {
    const hostile = ['a-'.repeat(100_000), "'".repeat(200_000), '"a'.repeat(100_000), '1.'.repeat(100_000)]
    const start = performance.now()
    for (const message of hostile) expect(errorKey('output', message).length).toBeLessThan(300)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
