import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { safeDeep } from '../../src/domain/safe.ts'
import type { ListView } from '../../src/tui/list/view.ts'
import { createReadable } from '../../src/tui/readable.ts'
import { batchColumns } from '../../src/tui/screens/batches/columns.ts'
import { diffColumns } from '../../src/tui/screens/diff/columns.ts'
import { listingColumns } from '../../src/tui/screens/diff/listing-columns.ts'
import { errorColumns } from '../../src/tui/screens/errors/columns.ts'
import { dayColumns, errorStatsColumns, scraperColumns } from '../../src/tui/screens/stats/columns.ts'
import { place, type Column } from '../../src/tui/table.ts'
import { CHANGE_KINDS } from '../../src/tui/screens/diff/state.ts'
import { SPANS, STATS_PANES } from '../../src/tui/screens/stats/state.ts'
import type { ScreenName } from '../../src/tui/screens/screen.ts'
import { initialState, withShown, type State } from '../../src/tui/state.ts'
import { createTheme } from '../../src/tui/theme.ts'
import {
  batchSummary,
  combinationDiff,
  DAYS,
  diffView,
  listingDiff,
  SCRAPERS,
  TOP_ERRORS,
} from '../support/history.ts'
import { inkLines } from '../support/ink-lines.tsx'
import { busyOverview, errorGroup, NOW } from '../support/overview.ts'

const HARMLESS =
  /^(?:[^\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Bidi_Control}\p{Default_Ignorable_Code_Point}])*$/u

const SCREENS = ['errors', 'batches', 'stats', 'diff', 'listings'] as const satisfies ScreenName[]

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    '\u001b]0;x\u0007',
    '\u001b[2J',
    '\r\n',
    '\u202egnp',
    '再'.repeat(60),
    'e\u0301'.repeat(50),
  ),
)
const number = fc.nat(10_000_000)
const rows = fc.array(fc.record({ text: hostile, number, other: fc.option(number) }), { maxLength: 30 })

type Some = { text: string; number: number; other: number | null }[]

function listed<Row, By extends string>(view: ListView<Row, By>, all: readonly Row[], at: number) {
  const index = Math.min(at, Math.max(0, all.length - 1))
  return { ...view, rows: all, total: all.length, cursor: { id: String(index), index } }
}

/** Every slice filled with the same hostile texts and figures. */
function filled(state: State, some: Some, kind: (typeof CHANGE_KINDS)[number], at: number): Partial<State> {
  const { lists } = state
  const groups = some.map(({ text, number: tasks }) =>
    errorGroup({ message: text, sites: [text, text], tasks }),
  )
  const batches = some.map(({ text, number: total_tasks, other }, id) =>
    batchSummary(id, { batch_id: text, total_tasks, rows: total_tasks, actual_duration_minutes: other }),
  )
  const combinations = some.map(({ text, number: before, other: gone }) =>
    combinationDiff({ website: text, city: text, before, gone, note: gone === null ? text : null }),
  )
  const listings = some.map(({ text, other }, index) =>
    listingDiff(index, { title: text, url: text, website: text, price_before: other }),
  )
  const sites = some.map(({ text, number: before }) => ({
    website: text,
    tasks: 1,
    before,
    after: 9,
    slower: before < 9,
  }))
  const figures = {
    days: 30,
    at: NOW,
    scrapers: some.map(({ text, other }, index) => ({
      ...(SCRAPERS[index % 2] as (typeof SCRAPERS)[0]),
      scraper_name: text,
      avg_duration_minutes: other,
    })),
    trends: DAYS,
    errors: some.map(({ text }) => ({ ...(TOP_ERRORS[0] as (typeof TOP_ERRORS)[0]), error_message: text })),
  } as const
  return {
    batch: some.length % 2 === 0 ? null : 'Aug26_02',
    batches: { trend: batches, asking: false },
    stats: { ...state.stats, figures, pane: STATS_PANES[at % 3] ?? 'days', days: SPANS[at % 3] ?? 7 },
    diff: {
      batches: { from: 'Aug26_02', to: 'Sep26_01' },
      view: diffView({ combinations, sites }),
      scope: combinations[at] ?? null,
      kind,
    },
    lists: {
      ...lists,
      errors: listed(lists.errors, groups, at),
      batches: listed(lists.batches, batches, at),
      diff: listed(lists.diff, combinations, at),
      listings: listed(lists.listings, listings, at),
    },
  }
}

test.each([
  ['in Unicode', false],
  ['in ASCII', true],
])(
  'every line is exactly as wide as the screen, whatever it shows, %s',
  (_, ascii) => {
    const theme = createTheme({ color: 'none', ascii })
    const readable = createReadable(ascii)
    const size = fc.record({
      columns: fc.integer({ min: 60, max: 250 }),
      rows: fc.integer({ min: 15, max: 80 }),
    })
    fc.assert(
      fc.property(
        rows,
        size,
        fc.constantFrom(...SCREENS),
        fc.constantFrom(...CHANGE_KINDS),
        fc.nat(30),
        (some, { columns, rows: height }, name, kind, at) => {
          const empty = initialState({ columns, rows: height }, 'dark')
          const shown = withShown(empty, {
            overview: safeDeep(busyOverview(), readable),
            now: NOW,
            age_s: 0,
          })
          // As the screens themselves make what they were answered fit to be seen.
          const slices = filled(empty, safeDeep(some, readable), kind, at)
          const lines = inkLines({ ...empty, ...shown, ...slices, trail: ['batches', name] }, theme)
          expect(lines).toHaveLength(height)
          // The blank end of the footer is left out.
          for (const line of lines.slice(0, -1)) expect(stringWidth(line)).toBe(columns)
          expect(stringWidth(lines.at(-1) ?? '')).toBeLessThanOrEqual(columns)
          expect(lines.join('')).toMatch(ascii ? /^[ -~]*$/ : HARMLESS)
        },
      ),
      { numRuns: 120 },
    )
  },
  60_000,
)

test('no column is ever cut off at the right', () => {
  const theme = createTheme({ color: 'none', ascii: false })
  const diff = (kind: (typeof CHANGE_KINDS)[number], scoped: boolean) =>
    listingColumns({ batches: null, view: null, scope: scoped ? combinationDiff() : null, kind }, theme)
  const tables: Record<string, readonly Column<never>[]> = {
    errors: errorColumns(NOW),
    batches: batchColumns({ now: NOW, inView: undefined }, theme),
    diff: diffColumns(theme),
    new: diff('new', false),
    up: diff('up', false),
    scoped: diff('up', true),
    added: diff('added', false),
    scrapers: scraperColumns(theme),
    days: dayColumns(DAYS, theme),
    top: errorStatsColumns(NOW),
  }
  for (const [name, columns] of Object.entries(tables)) {
    // What is left of a screen of 60 to 250 columns within its sides and the cursor's margin.
    for (let cells = 53; cells <= 243; cells += 1) {
      const { columns: placed, gap } = place(columns, cells)
      const used = placed.reduce((sum, column) => sum + column.cells, gap * (placed.length - 1))
      expect.soft(used, `${name} in ${cells} cells`).toBeLessThanOrEqual(cells)
    }
  }
})
