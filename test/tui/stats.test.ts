import fc from 'fast-check'
import { expect, test } from 'vitest'
import { statsLayout } from '../../src/tui/screens/stats/layout.ts'
import { initialStats, perDay } from '../../src/tui/screens/stats/state.ts'
import { DAYS, SCRAPERS, TOP_ERRORS } from '../support/history.ts'
import { harmless } from '../support/hostile.ts'
import { busyOverview } from '../support/overview.ts'
import { openSession } from '../support/tui-session.ts'

async function open(size = { columns: 120, rows: 30 }, some: { none?: boolean; message?: string } = {}) {
  const opened = await openSession(busyOverview(), size)
  opened.engine.scripts.stats = ({ of }) => {
    if (some.none) return []
    if (of === 'scrapers') return SCRAPERS
    if (of === 'trends') return DAYS
    return TOP_ERRORS.map((each) => ({ ...each, error_message: some.message ?? each.error_message }))
  }
  await opened.press('5')
  await opened.rest()
  return opened
}

const asked = ({ engine }: Awaited<ReturnType<typeof open>>) =>
  engine.queries.filter((query) => query.type === 'stats').map(({ days }) => days)

test('each scraper with its success, tries, mean and 95 of 100; the days; the top errors', async () => {
  const { screen, selected } = await open()
  expect(screen()).toContain('[5 Stats]')
  expect(screen()).toContain('the last 30 days')
  expect(selected()).toMatch(/cyt +883 +3 +━+─ +99% +1\.02 +1m 30s +4m 15s/)
  expect(screen()).toMatch(/lam +162 +90 +━+─+ +39% +2\.40 +6m 00s +–/)
  expect(screen()).toMatch(/2026-09-01 +1,757 +━+─* +1,757 +━+ +100%/)
  expect(screen()).toMatch(/90 +60m ago +lam inm24 +403 with a challenge page/)
  // A blank for each day without tasks, up to today.
  expect(screen()).toMatch(/tasks +▅ {3}██/)
  expect(screen()).toMatch(/success +▅ {3}██/)
})

test('s looks back 7, 30 or 90 days', async () => {
  const opened = await open()
  await opened.press('s')
  await opened.rest()
  expect(opened.screen()).toContain('the last 90 days')
  await opened.press('s')
  await opened.rest()
  expect(asked(opened)).toEqual([30, 30, 30, 90, 90, 90, 7, 7, 7])
})

test('whatever happens, the figures are counted once a minute at most', async () => {
  const opened = await open()
  for (let event = 0; event < 50; event += 1) {
    opened.engine.tell({ type: 'tasks', batch_id: 'Sep26_01' })
    await opened.pass(1000)
  }
  expect(asked(opened)).toHaveLength(3)
  await opened.pass(10_000)
  await opened.rest()
  expect(asked(opened)).toHaveLength(6)
  await opened.press('a')
  await opened.rest()
  expect(asked(opened)).toHaveLength(9)
})

test('Tab goes through the lists, and Enter to the tasks behind a row', async () => {
  const { screen, selected, press, rest, engine } = await open()
  await press('j')
  expect(selected()).toContain('lam')
  await press('tab')
  expect(selected()).toContain('2026-09-01')
  await press('enter')
  expect(screen()).toContain('no tasks behind this row')
  await press('tab', 'enter')
  await rest()
  expect(engine.queries.at(-1)).toMatchObject({ filter: { search: 'error:"403 with a challenge page at"' } })
  await press('esc', 'esc', 'shift-tab', 'shift-tab', 'g', 'enter')
  await rest()
  expect(engine.queries.at(-1)).toMatchObject({ filter: { search: 'scraper:"cyt"' } })
})

test('without tasks it says what to do', async () => {
  const { screen } = await open({ columns: 120, rows: 30 }, { none: true })
  expect(screen()).toContain('no tasks in 30 days; s looks further back')
  expect(screen()).toContain('nothing failed for good')
})

test('texts of others are harmless', async () => {
  const { screen } = await open(
    { columns: 120, rows: 30 },
    { message: '\u001b]0;x\u0007\u009b31m\u202e\u2028' },
  )
  expect(harmless(screen().replaceAll('\n', ''))).toBe(true)
})

test('the lists have every row of the screen between them, and each one at least', () => {
  const figures = { days: 30, at: new Date(0), scrapers: SCRAPERS, trends: DAYS, errors: TOP_ERRORS } as const
  fc.assert(
    fc.property(fc.integer({ min: 15, max: 80 }), fc.boolean(), (rows, known) => {
      const stats = { ...initialStats(), figures: known ? figures : null }
      const { trend, heads, lists } = statsLayout({ size: { columns: 80, rows }, stats })
      const all = lists.scrapers + lists.days + lists.errors + (trend ? 2 : 0) + (heads ? 3 : 0)
      expect(all).toBe(rows - 6)
      expect(Math.min(lists.scrapers, lists.days, lists.errors)).toBeGreaterThan(0)
    }),
  )
})

test('a day is at its place, and one without tasks is a gap', () => {
  const at = new Date('2026-09-01T08:12:04Z')
  const values = perDay({ days: 7, at, trends: DAYS }, ({ total_tasks }) => total_tasks)
  expect(values).toEqual([null, null, 900, null, null, null, 1800, 1757])
})
