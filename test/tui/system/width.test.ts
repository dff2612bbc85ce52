import fc from 'fast-check'
import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { safeDeep } from '../../../src/domain/safe.ts'
import { SLOT_DECISIONS } from '../../../src/domain/schedule.ts'
import { emptyList } from '../../../src/tui/list/view.ts'
import { createReadable } from '../../../src/tui/readable.ts'
import { readingOf, rowOf } from '../../../src/tui/reader/reading.ts'
import { initialState, withShown, type State } from '../../../src/tui/state.ts'
import { createTheme } from '../../../src/tui/theme.ts'
import { inkLines } from '../../support/ink-lines.tsx'
import { busyOverview, NOW } from '../../support/overview.ts'
import { rule, slot, systemView } from '../../support/schedule.ts'

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('\u001b[2J', '\u202egnp', '再'.repeat(60), 'e\u0301'.repeat(50), '\r\n', ''),
)
const number = fc.double({ min: 0, max: 1e13, noNaN: true })
const some = fc.record({
  rules: fc.array(
    fc.record({
      name: hostile,
      cron: hostile,
      enabled: fc.boolean(),
      filters: fc.dictionary(fc.constantFrom('site', 'city'), hostile),
    }),
    { maxLength: 20 },
  ),
  slots: fc.array(
    fc.record({
      schedule: hostile,
      reason: hostile,
      batch_id: fc.option(hostile),
      decision: fc.constantFrom(...SLOT_DECISIONS),
    }),
    { maxLength: 40 },
  ),
  machine: fc.option(fc.record({ cpu_percent: number, memory_percent: number, free_disk_bytes: fc.nat() })),
  socket: fc.option(hostile),
  alert: hostile,
  lost: fc.option(fc.record({ message: hostile, retry_s: fc.nat(10_000) })),
  name: fc.constantFrom('schedule', 'system', 'dashboard'),
  pane: fc.constantFrom('rules', 'ledger'),
  index: fc.nat(50),
  columns: fc.integer({ min: 60, max: 250 }),
  rows: fc.integer({ min: 15, max: 80 }),
})
type Some = typeof some extends fc.Arbitrary<infer T> ? T : never

function stateOf(given: Some, ascii: boolean): State {
  const readable = createReadable(ascii)
  const overview = busyOverview()
  overview.alerts = [{ code: 'disk', message: given.alert }]
  const state = initialState({ columns: given.columns, rows: given.rows }, 'dark')
  const rules = safeDeep(
    given.rules.map((each) => rule(each)),
    readable,
  ).map((each) => ({ ...each, key: each.name }))
  const slots = safeDeep(
    given.slots.map((each, days) => slot(days, each)),
    readable,
  )
  const index = Math.min(given.index, Math.max(0, slots.length - 1))
  return {
    ...state,
    ...withShown(state, { overview: safeDeep(overview, readable), now: NOW, age_s: 0 }),
    trail: ['dashboard', given.name],
    lost: given.lost && safeDeep(given.lost, readable),
    schedule: {
      pane: given.pane,
      rules,
      asking: false,
      rule: { id: '', index: Math.min(given.index, rules.length) },
      now: NOW,
    },
    system: {
      view: safeDeep(systemView({ machine: given.machine, socket: given.socket }), readable),
      now: NOW,
      from: given.index,
    },
    lists: {
      ...state.lists,
      slots: { ...emptyList(), rows: slots, total: slots.length, cursor: { id: '', index } },
    },
  }
}

test.each([
  ['Unicode', false, /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]*$/],
  ['ASCII', true, /^[ -~]*$/],
])(
  'schedule, system and a lost connection fill their lines exactly and are harmless in %s',
  (_, ascii, clean) => {
    const theme = createTheme({ color: 'none', ascii })
    fc.assert(
      fc.property(some, (given) => {
        const state = stateOf(given, ascii)
        const lines = inkLines(state, theme)
        expect(lines).toHaveLength(given.rows)
        // The blank end of the footer is left out.
        for (const line of lines.slice(0, -1)) expect(stringWidth(line)).toBe(given.columns)
        expect(stringWidth(lines.at(-1) ?? '')).toBeLessThanOrEqual(given.columns)
        expect(lines.join('')).toMatch(clean)
        // What a screen reader is told of the same.
        for (const heard of [...(readingOf(state) ?? []), rowOf(state)?.text ?? ''])
          expect(heard).toMatch(clean)
      }),
      { numRuns: 60 },
    )
  },
  60_000,
)
