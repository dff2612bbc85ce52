import fc from 'fast-check'
import { expect, test } from 'vitest'
import { searchPattern } from '../../src/domain/search-pattern.ts'
import { fold } from '../../src/domain/search.ts'

const letters = fc.constantFrom(...Array.from('aáÁnñÑNn\u0303\u0301uÜü.*[]^-\\{|ßİi\u01f9試😀δΔή'))
const text = fc.string({ unit: letters, maxLength: 12 })
const word = fc.string({ unit: letters, minLength: 1, maxLength: 3 })

test('it is where the folded text has the folded words, and what it finds folds to them', () => {
  fc.assert(
    fc.property(text, word, (where, what) => {
      const found = Array.from(where.matchAll(searchPattern(what)), ([match]) => match)
      const wanted = fold(what)
      expect(found.length > 0).toBe(wanted !== '' && fold(where).includes(wanted))
      for (const match of found) expect(fold(match)).toBe(wanted)
    }),
    { numRuns: 600 },
  )
})
