import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ZafraError } from '../../../src/domain/error.ts'
import { PagedList } from '../../../src/tui/list/paged-list.ts'
import type { Ask, Source } from '../../../src/tui/list/source.ts'
import { emptyList, rowAtCursor, topRow } from '../../../src/tui/list/view.ts'
import { settle as settleCursor } from '../../../src/tui/list/cursor.ts'
import { settle } from '../../support/settle.ts'

interface Row {
  id: string
}

const HEIGHT = 10

/** A list over rows that a test changes; the answers come when the test lets them. */
function listOf(ids: readonly number[]) {
  const rows = { ids: [...ids] }
  const asks: Ask[] = []
  const open: (() => void)[] = []
  const asked = { now: 0, most: 0 }
  const errors: unknown[] = []
  const chosen = ({ search, sort }: Pick<Ask, 'search' | 'sort'>) => {
    const found = rows.ids.filter((id) => String(id).includes(search))
    return sort?.descending ? found.toReversed() : found
  }
  const source: Source<Row> = {
    id: ({ id }) => id,
    check(search) {
      if (search === 'bad') throw new ZafraError('usage', 'bad: it makes no sense')
    },
    async page(ask) {
      asks.push(ask)
      asked.most = Math.max(asked.most, (asked.now += 1))
      await new Promise<void>((resolve) => open.push(resolve))
      asked.now -= 1
      const found = chosen(ask)
      const position = found.indexOf(Number(ask.find ?? NaN))
      return {
        total: found.length,
        rows: found.slice(ask.offset, ask.offset + ask.limit).map((id) => ({ id: String(id) })),
        position: position === -1 ? null : position,
      }
    },
    ids: async (search) => chosen({ search, sort: null }).map(String),
  }
  const list = new PagedList(source, emptyList<Row, string>(), {
    show: () => {},
    error: (thrown) => errors.push(thrown),
    height: () => HEIGHT,
  })
  /** Answers one question. */
  const answer = async () => {
    open.shift()?.()
    await settle()
  }
  /** Answers until nothing is asked any more. */
  const rest = async () => {
    await settle()
    while (open.length > 0) await answer()
  }
  const begin = async () => {
    void list.refresh()
    await rest()
  }
  return {
    list,
    source,
    rows,
    asks,
    asked,
    errors,
    answer,
    rest,
    begin,
    row: () => rowAtCursor(list.view)?.id,
  }
}

const THOUSANDS = Array.from({ length: 100_000 }, (_, index) => index)

describe('a list of 100,000 rows', () => {
  test('holds three screens, however far it goes', async () => {
    const { list, rest, begin, row, asks } = listOf(THOUSANDS)
    await begin()
    expect(row()).toBe('0')
    for (const [rows, expected] of [
      [1, '1'],
      [Infinity, '99999'],
      [-1, '99998'],
      [-50_000, '49998'],
      [10, '50008'],
      [-Infinity, '0'],
    ] as const) {
      void list.move(rows)
      await rest()
      expect(row()).toBe(expected)
      expect(list.view.rows.length).toBeLessThanOrEqual(3 * HEIGHT)
    }
    expect(Math.max(...asks.map(({ limit }) => limit))).toBe(3 * HEIGHT)
  })

  test('moves at once where the rows are in hand, also while it asks', async () => {
    const { list, rest, begin, row, asked } = listOf(THOUSANDS)
    await begin()
    void list.refresh()
    for (let step = 0; step < 12; step += 1) void list.move(1)
    expect(row()).toBe('12')
    await rest()
    expect(row()).toBe('12')
    expect(asked.most).toBe(1)
  })

  test('keeps what it shows until a far row is there, and adds up further moves', async () => {
    const { list, rest, begin, row } = listOf(THOUSANDS)
    await begin()
    void list.move(1000)
    void list.move(500)
    expect(row()).toBe('0')
    await rest()
    expect(row()).toBe('1500')
  })

  test('many changes at once cost one question at a time and one afterwards', async () => {
    const { list, answer, begin, asks } = listOf(THOUSANDS)
    await begin()
    const before = asks.length
    for (let change = 0; change < 1000; change += 1) void list.refresh()
    await settle()
    await answer()
    for (let change = 0; change < 1000; change += 1) void list.refresh()
    await settle()
    await answer()
    await answer()
    expect(asks.length - before).toBe(2)
  })
})

describe('the selection', () => {
  test('stays on its row, and its row on the screen, when others come before it', async () => {
    const { list, rows, rest, begin, row } = listOf(THOUSANDS.slice(0, 500))
    await begin()
    void list.move(100)
    await rest()
    void list.move(-4)
    const above = list.view.cursor.index - topRow(list.view, HEIGHT)
    rows.ids.unshift(...Array.from({ length: 200 }, (_, index) => 1000 + index))
    void list.refresh()
    await rest()
    expect([row(), list.view.cursor.index]).toEqual(['96', 296])
    expect(list.view.cursor.index - topRow(list.view, HEIGHT)).toBe(above)
  })

  test('stays where it has moved to, though an answer about the row before comes late', async () => {
    const { list, rows, rest, begin, row } = listOf(THOUSANDS.slice(0, 500))
    await begin()
    void list.refresh()
    await settle()
    void list.move(20)
    rows.ids.unshift(...Array.from({ length: 200 }, (_, index) => 1000 + index))
    await rest()
    expect([row(), list.view.cursor.index]).toEqual(['20', 220])
  })

  test('keeps its place when its row goes', async () => {
    const { list, rows, rest, begin, row } = listOf([1, 2, 3, 4])
    await begin()
    void list.move(1)
    rows.ids = [1, 3, 4]
    void list.refresh()
    await rest()
    expect(row()).toBe('3')
  })

  test('stays on its row through a sort and a filter that chooses it, else begins at the top', async () => {
    const { list, rest, begin, row } = listOf(THOUSANDS)
    await begin()
    void list.move(123)
    await rest()
    void list.sortBy('id')
    void list.sortBy('id')
    await rest()
    expect([row(), list.view.cursor.index]).toEqual(['123', 99_876])
    void list.search('23')
    await rest()
    expect(row()).toBe('123')
    void list.search('777')
    await rest()
    expect([row(), list.view.cursor.index]).toEqual(['99777', 0])
  })

  test('is right after any changes and moves, with one question at a time', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('move' as const), rows: fc.integer({ min: -60, max: 60 }) }),
      fc.record({ kind: fc.constant('jump' as const), rows: fc.constantFrom(Infinity, -Infinity) }),
      fc.record({ kind: fc.constant('drop' as const), rows: fc.nat(400) }),
      fc.record({ kind: fc.constant('add' as const), rows: fc.nat(400) }),
      fc.record({ kind: fc.constant('answer' as const), rows: fc.constant(0) }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { list, rows, answer, rest, begin, asked, row } = listOf(THOUSANDS.slice(0, 300))
        await begin()
        let next = 1000
        // Where the operator is for certain: null after a jump out of sight, and when that row has gone.
        let held: string | null = row() ?? null
        for (const { kind, rows: by } of steps) {
          const before = list.view.cursor
          if (kind === 'move' || kind === 'jump') {
            void list.move(by)
            held = list.view.cursor === before ? null : (row() ?? null)
          }
          if (kind === 'drop') rows.ids.splice(by % Math.max(1, rows.ids.length), 1)
          if (kind === 'add') rows.ids.splice(by, 0, (next += 1))
          if (!rows.ids.includes(Number(held))) held = null
          if (kind === 'drop' || kind === 'add') void list.refresh()
          if (kind === 'answer') await answer()
        }
        await rest()
        void list.refresh()
        await rest()
        const { cursor, total } = list.view
        expect(held ?? row()).toBe(row())
        expect(asked.most).toBe(1)
        expect(total).toBe(rows.ids.length)
        expect(row()).toBe(String(rows.ids[cursor.index]))
        expect(settleCursor(cursor, rows.ids.map(String))).toEqual(cursor)
      }),
      { numRuns: 100 },
    )
  })
})

describe('marks', () => {
  test('stay through paging, filters and sorting', async () => {
    const { list, rest, begin } = listOf(THOUSANDS)
    await begin()
    void list.toggleMark()
    void list.move(Infinity)
    await rest()
    void list.toggleMark()
    void list.search('5')
    await rest()
    expect([...list.view.marks]).toEqual(['0', '99999'])
  })

  test('a range reaches from where it began to the cursor, over pages', async () => {
    const { list, rest, begin } = listOf(THOUSANDS)
    await begin()
    void list.move(10)
    void list.toggleRange()
    void list.move(2500)
    await rest()
    void list.toggleRange()
    await rest()
    expect(list.view.marks.size).toBe(2501)
    expect(list.view.marks.has('10') && list.view.marks.has('2510')).toBe(true)
    expect(list.view.anchor).toBeNull()
  })

  test('all that the filter chooses', async () => {
    const { list, rest, begin } = listOf(THOUSANDS)
    await begin()
    void list.search('99')
    await rest()
    await list.markAll()
    expect(list.view.marks.size).toBe(list.view.total)
    list.unmark()
    expect(list.view.marks.size).toBe(0)
  })

  test('are those of the list as it was when the key came', async () => {
    const { list, rest, begin } = listOf(THOUSANDS)
    await begin()
    void list.search('9999')
    await rest()
    const marked = list.view.total
    void list.markAll()
    void list.search('1')
    await rest()
    expect(list.view.marks.size).toBe(marked)
    void list.markAll()
    void list.reset()
    await rest()
    expect(list.view.marks.size).toBe(0)
  })
})

test('a search that makes no sense changes nothing but says so', async () => {
  const { list, rest, begin, asks } = listOf(THOUSANDS)
  await begin()
  const before = asks.length
  void list.search('bad')
  await rest()
  expect([list.view.fault, list.view.search, asks.length]).toEqual(['bad: it makes no sense', '', before])
  void list.search('1')
  await rest()
  expect(list.view.fault).toBeNull()
})

test('an answer for another search is not shown', async () => {
  const { list, rest, begin, answer, row } = listOf(THOUSANDS)
  await begin()
  void list.search('7')
  await settle()
  void list.search('88')
  await answer()
  expect(row()).toBe('0')
  await rest()
  expect([row(), list.view.search]).toEqual(['88', '88'])
})

test('says when there was no answer, and goes on', async () => {
  const { list, rest, begin, errors, row, source } = listOf(THOUSANDS)
  await begin()
  const answered = source.page.bind(source)
  source.page = () => Promise.reject(new Error('gone'))
  await list.refresh()
  source.page = answered
  void list.move(500)
  await rest()
  expect(errors).toEqual([new Error('gone')])
  expect(row()).toBe('500')
})
