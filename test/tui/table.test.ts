import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spanWidth } from '../../src/tui/frame.ts'
import { body, head, place, type Column } from '../../src/tui/table.ts'
import { createTheme } from '../../src/tui/theme.ts'

interface Row {
  name: string
  rows: number
}

const theme = createTheme({ color: 'none', ascii: false })
const COLUMNS: Column<Row>[] = [
  { title: 'Name', width: 5, cell: ({ name }) => ({ text: name }) },
  { title: 'Rows', width: 5, align: 'right', cell: ({ rows }) => ({ text: String(rows) }) },
  {
    title: 'Note',
    width: 4,
    grow: 1,
    max: 8,
    cell: ({ name }) => [{ text: name }, { text: '!', style: 'bad' }],
  },
  { title: 'Wide', width: 4, from: 60, grow: 1, cell: () => ({ text: 'wide' }) },
]

function text(spans: readonly { text: string }[]): string {
  return spans.map((span) => span.text).join('')
}

const KEYED: Column<Row>[] = [
  { title: 'Status', width: 8, sort: { key: 'T', by: 'status' }, cell: ({ name }) => ({ text: name }) },
]
const byStatus = { by: 'status', descending: true }

describe('a table', () => {
  test('underlines the key of a column; without colours it is the one capital', () => {
    const spans = head(place(KEYED, 8), createTheme({ color: 256, ascii: false }), byStatus)
    expect(text(spans)).toBe('Status↓ ')
    expect(spans.filter(({ style }) => style === 'key')).toEqual([{ text: 't', style: 'key' }])
    expect(text(head(place(KEYED, 8), theme, byStatus))).toBe('sTatus↓ ')
  })

  test('has the columns that fit', () => {
    expect(text(head(place(COLUMNS, 24), theme))).toBe('Name   Rows Note    ')
    expect(text(head(place(COLUMNS, 70), theme))).toContain('Wide')
  })

  test('grows only as far as its columns may', () => {
    expect(text(head(place(COLUMNS, 59), theme))).toBe('Name   Rows Note    ')
  })

  test('aligns figures to the right and cuts a cell of several pieces as one', () => {
    const line = text(body(place(COLUMNS, 24), { name: 'Zapotlanejo', rows: 12 }, theme))
    expect(line).toBe('Zapo…    12 Zapotla…')
  })

  test('has rows as wide as its head, whatever they hold', () => {
    const row = fc.record({ name: fc.string({ unit: 'grapheme' }), rows: fc.integer() })
    fc.assert(
      fc.property(row, fc.integer({ min: 20, max: 250 }), (each, cells) => {
        const placed = place(COLUMNS, cells)
        expect(spanWidth(body(placed, each, theme))).toBe(spanWidth(head(placed, theme)))
        expect(spanWidth(head(placed, theme))).toBeLessThanOrEqual(cells)
      }),
    )
  })
})
