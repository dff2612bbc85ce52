import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { move, NOWHERE, settle, windowStart } from '../../../src/tui/list/cursor.ts'

describe('the cursor', () => {
  test.each([
    [
      'stays on its row when rows come before it',
      { id: 'b', index: 1 },
      ['x', 'a', 'b'],
      { id: 'b', index: 2 },
    ],
    ['keeps its place when its row goes', { id: 'b', index: 1 }, ['a', 'c', 'd'], { id: 'c', index: 1 }],
    ['goes to the last row when the list gets shorter', { id: 'd', index: 3 }, ['a'], { id: 'a', index: 0 }],
    ['is nowhere in an empty list', { id: 'd', index: 3 }, [], { id: '', index: 0 }],
    ['begins at the first row', NOWHERE, ['a', 'b'], { id: 'a', index: 0 }],
  ])('%s', (_, cursor, ids, expected) => {
    expect(settle(cursor, ids)).toEqual(expected)
  })

  test.each([
    [1, 'c'],
    [-1, 'a'],
    [-9, 'a'],
    [Infinity, 'd'],
    [-Infinity, 'a'],
  ])('moved by %d from b is on %s', (rows, expected) => {
    expect(move({ id: 'b', index: 1 }, rows, ['a', 'b', 'c', 'd']).id).toBe(expected)
  })
})

test('a window holds the cursor and no more blank rows than it must', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.nat(499),
      fc.integer({ min: 1, max: 60 }),
      (total, at, height) => {
        const index = Math.min(at, total - 1)
        const start = windowStart(total, index, height)
        expect(start).toBeGreaterThanOrEqual(0)
        expect(start).toBeLessThanOrEqual(index)
        expect(index).toBeLessThan(start + height)
        expect(start === 0 || start + height <= total).toBe(true)
      },
    ),
  )
})
