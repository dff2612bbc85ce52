import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import type { Overview } from '../../src/domain/query.ts'
import { TASK_STATUSES, type Task } from '../../src/domain/task.ts'
import { safeDeep } from '../../src/domain/safe.ts'
import { emptyList } from '../../src/tui/list/view.ts'
import { EMPTY, fieldOf } from '../../src/tui/prompt/field.ts'
import { createReadable } from '../../src/tui/readable.ts'
import { overlayOf } from '../../src/tui/overlay.ts'
import { initialState, withShown, type Question, type State } from '../../src/tui/state.ts'
import { createTheme, needsAscii } from '../../src/tui/theme.ts'
import { inkLines } from '../support/ink-lines.tsx'
import {
  batchView,
  busyOverview,
  counts,
  NOW,
  overview,
  errorGroup,
  runningTask,
  siteView,
} from '../support/overview.ts'
import { task } from '../support/task.ts'

const plain = createTheme({ color: 'none', ascii: false })

function stateOf(view: Overview, columns = 120, rows = 40, ascii = false): State {
  const state = initialState({ columns, rows }, 'dark')
  const readable = safeDeep(view, createReadable(ascii))
  return { ...state, ...withShown(state, { overview: readable, now: NOW, age_s: 0 }) }
}

function listing(tasks: Task[]): State['lists'] {
  const marks = new Set(tasks.slice(2, 4).map(({ id }) => String(id)))
  const index = Math.floor(tasks.length / 2)
  const cursor = { id: String(tasks[index]?.id ?? ''), index }
  return {
    ...initialState({ columns: 80, rows: 24 }, 'dark').lists,
    tasks: { ...emptyList(), rows: tasks, total: tasks.length, cursor, marks, search: 'ma', anchor: null },
  }
}

function screen(state: State, theme = plain): string {
  return inkLines(state, theme).join('\n')
}

const HARMLESS =
  /^(?:[^\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Bidi_Control}\p{Default_Ignorable_Code_Point}])*$/u

describe('every line is exactly as wide as the screen, whatever it shows', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({ unit: 'grapheme', maxLength: 80 }),
    fc.constantFrom(
      '\u001b]0;title\u0007',
      '\u001b[2J',
      '\r\n',
      '\u202egnp',
      '\u009d0;x\u009c\u2028\u200b\u2066',
      '再'.repeat(60),
      'e\u0301'.repeat(50),
    ),
  )
  const number = fc.nat(10_000_000)
  const status = fc.record({
    pending: number,
    running: number,
    retrying: number,
    failed: number,
    permanently_failed: number,
    skipped: number,
    cancelled: number,
    completed: number,
  })
  const anything = fc.record({
    batch: fc.option(
      fc.record({ counts: status, rows: number, elapsed_s: number, eta_s: fc.option(number) }),
    ),
    sites: fc.array(
      fc.record({ site: hostile, name: hostile, counts: status, rows: number, note: fc.option(hostile) }),
    ),
    running: fc.array(
      fc.record({ website: hostile, city: hostile, message: hostile, items: number, page: number }),
    ),
    errors: fc.array(fc.record({ sites: fc.array(hostile), message: hostile, tasks: number }), {
      maxLength: 20,
    }),
    alerts: fc.array(hostile),
  })
  const places: readonly ((state: State) => Partial<State>)[] = [
    () => ({}),
    () => ({ dialog: { kind: 'help', from: 3 } }),
    () => ({ notice: { text: 'x'.repeat(300), style: 'warn' }, frozen: true }),
    ({ dashboard }) => ({
      dashboard: { ...dashboard, pane: 'failures', searches: { ...dashboard.searches, failures: 'a' } },
    }),
    () => ({ prompt: { kind: 'palette', field: fieldOf('pause '), chosen: 1, past: 0 } }),
    () => ({ prompt: { kind: 'palette', field: EMPTY, chosen: 40, past: 0 } }),
    () => ({ prompt: { kind: 'filter', field: { text: 'no'.repeat(200), caret: 130 }, chosen: 0, past: 0 } }),
    () => ({ trail: ['tasks'] }),
    () => ({ trail: ['dashboard', 'tasks'], prompt: { kind: 'filter', field: EMPTY, chosen: 0, past: 0 } }),
    () => ({ trail: ['dashboard', 'tasks', 'log'] }),
  ]
  const size = fc.record({
    columns: fc.integer({ min: 60, max: 250 }),
    rows: fc.integer({ min: 15, max: 80 }),
  })

  test.each([
    ['in Unicode', false],
    ['in ASCII', true],
  ])(
    '%s',
    (_, ascii) => {
      const theme = createTheme({ color: 'none', ascii })
      fc.assert(
        fc.property(anything, fc.constantFrom(...places), size, (some, place, { columns, rows }) => {
          const view = overview({
            batch: some.batch && batchView(some.batch),
            sites: some.sites.map((site) => siteView(site.site, site)),
            running: some.running.map(({ message, items, page, ...of }, id) =>
              runningTask(id, { ...of, progress: { page, pages: null, items, expected: items, message } }),
            ),
            error_groups: some.errors.map((error) => errorGroup(error)),
            alerts: some.alerts.map((message) => ({ code: 'disk', message })),
          })
          const tasks = some.running.map(({ message, items, ...each }, index) =>
            task({
              ...each,
              id: items,
              error_message: message,
              status: TASK_STATUSES[index % 7] ?? 'pending',
            }),
          )
          const state = {
            ...stateOf(view, columns, rows, ascii),
            lists: listing(safeDeep(tasks, createReadable(ascii))),
          }
          const shown = { ...state, ...place(state) }
          const lines = inkLines(shown, theme)
          expect(lines).toHaveLength(rows)
          const { lines: over, left, top } = overlayOf(shown, theme) ?? { lines: [], left: 0, top: 0 }
          // The blank end of the footer is left out, and that of a box as wide as the screen.
          for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
          for (const line of over.length > 0 ? [] : lines.slice(0, -1))
            expect(stringWidth(line)).toBe(columns)
          for (const line of over) expect(stringWidth(line)).toBeLessThanOrEqual(columns - left)
          expect(top + over.length).toBeLessThanOrEqual(rows)
          expect(lines.join('')).toMatch(ascii ? /^[ -~]*$/ : HARMLESS)
        }),
        { numRuns: 80 },
      )
    },
    60_000,
  )
})

describe('the dashboard', () => {
  test('answers at 80x24 whether it goes well, when it is done, what failed', () => {
    const busy = busyOverview()
    busy.batch = batchView({
      ...busy.batch,
      eta_spread_s: 452,
      eta_from: 'history',
      previous: { batch_id: 'Aug26_02', rows: 81_200, completed_tasks: 1700, minutes: 70 },
    })
    const seen = screen(stateOf(busy, 80, 24))
    expect(seen).toMatch(/● running   12m 04s elapsed   done \d\d:15 ±8m, in 1h 03m, by its history/)
    expect(seen).toMatch(/62,540 rows   5,183\/min +77% of Aug26_02, 81,200 rows in 1h 10m/)
    expect(seen).toContain('46%  815/1,757')
    expect(seen).toContain('✓ 790 completed  ✗ 20 perm. failed  ! 2 failed  ● 4 running  ○ 935 pending')
    expect(seen).toContain('▲ (+1) Lam is paused until 08:20')
    expect(seen).toMatch(/Lam +‖ paused .* 47\/162 +2,210 +16 +– blocked/)
  })

  test('shows each task with its own progress and how long it runs', () => {
    const seen = screen(stateOf(busyOverview()))
    expect(seen).toMatch(/Inm24 +Gdl Ven Dep +inm24 +1 +━+─+ +5\/12 +148 +48 +3m 04s +37% +182\.3 MB +Depa/)
    expect(seen).toMatch(/Prop +Zap Ven Terr +prop +1 +stopping/)
    expect(seen).toMatch(/Inm24 .* 22m 00s +Gdl Ven Dep 42%/)
    expect(seen).toMatch(/CyT .* Tlaq Ren Edif p\.9/)
  })

  test.each([
    ['without a batch', { batch: null }, 'No batch yet.'],
    [
      'after the end',
      { batch: batchView({ status: 'completed', elapsed_s: 3723, counts: counts({ completed: 3 }) }) },
      '✓ completed   took 1h 02m',
    ],
    ['interrupted', { engine: { ...overview().engine, state: 'interrupted' } }, '▲ interrupted'],
    ['with nothing known of the end', { batch: batchView({ eta_s: null }) }, 'done –'],
  ] satisfies [string, Partial<Overview>, string][])('%s', (_, some, expected) => {
    expect(screen(stateOf(overview(some)))).toContain(expected)
  })

  test('says how much of a list is out of sight', () => {
    const running = Array.from({ length: 60 }, (_, id) => runningTask(id))
    expect(screen(stateOf(overview({ running }), 80, 24))).toMatch(/Running ─+ 1-\d+ of 60/)
  })

  test('lets no text of a scraper act on the terminal', () => {
    const running = [
      runningTask(1, {
        progress: { ...runningTask(1).progress, message: '\u001b[31mred\u001b]0;x\u0007\r' },
      }),
    ]
    const seen = screen(stateOf(overview({ running })))
    expect(seen).toContain('red^M')
    expect(seen).not.toContain('\u001b')
  })
})

test('a state is known without its colour', () => {
  const coloured = createTheme({ color: 16, ascii: false })
  const state = stateOf(busyOverview())
  const bare = screen(state, coloured)
    .replace(/\u001b\[[\d;]*m/g, '')
    .replaceAll(/ +$/gm, '')
  expect(bare).toBe(screen(state))
})

test('a screen that is too small says what it has and what it needs', () => {
  const lines = inkLines(stateOf(busyOverview(), 40, 10), plain)
  expect(lines).toHaveLength(10)
  expect(lines.join('\n')).toContain('40x10 is too small.')
  expect(lines.join('\n')).toContain('Zafra needs 60x15.')
})

describe('a question', () => {
  const question: Question = {
    kind: 'question',
    title: 'Start',
    text: Array.from({ length: 17 }, (_, line) => `line ${line + 1} of the plan`),
    answers: [{ key: 'y', label: 'start', run: () => {} }],
    no: 'start nothing',
  }
  const asked = (columns: number, rows: number, text = question.text): State => ({
    ...stateOf(busyOverview(), columns, rows),
    dialog: { ...question, text },
  })

  test.each([15, 22, 24, 40])('can be read and answered on %i rows', (rows) => {
    const { top = 0, lines = [] } = overlayOf(asked(80, rows), plain) ?? {}
    expect(top + lines.length).toBeLessThanOrEqual(rows)
    expect(screen(asked(80, rows))).toMatch(/line 1 of[^]* y +start[^]*Esc +start nothing/)
    expect(lines.some((line) => line.includes('…'))).toBe(rows < 24)
  })

  test('is there too where the screen is too small', () => {
    const lines = inkLines(asked(20, 10, ['Cancel 62 tasks of Inm24?']), plain)
    expect(lines.slice(3)).toEqual([
      'Cancel 62 tasks of',
      'Inm24?',
      'y    start',
      'Esc  start nothing',
      '',
      '',
      '',
    ])
  })
})

test.each([
  [{ LANG: 'C' }, true],
  [{ LANG: 'es_MX.ISO-8859-1' }, true],
  [{ LANG: 'es_MX.UTF-8' }, false],
  [{ LANG: 'C.utf8' }, false],
  [{ LC_ALL: 'C', LANG: 'es_MX.UTF-8' }, true],
  [{}, false],
])('the locale %j needs ASCII: %s', (env, expected) => {
  expect(needsAscii(env)).toBe(expected)
})
