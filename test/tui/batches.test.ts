import { describe, expect, test } from 'vitest'
import type { BatchSummary } from '../../src/domain/query.ts'
import { batchHistory, batchSummary, diffView } from '../support/history.ts'
import { batchView, busyOverview } from '../support/overview.ts'
import { openSession } from '../support/tui-session.ts'

async function open(all: BatchSummary[] = batchHistory(60), size = { columns: 120, rows: 30 }) {
  const opened = await openSession(busyOverview(), size)
  const { scripts } = opened.engine
  scripts.batches = ({ offset, limit }) => ({
    total: all.length,
    batches: all.slice(offset, offset + limit),
  })
  scripts.diff = ({ from, to }) => diffView({ from, to })
  await opened.press('4')
  await opened.rest()
  return opened
}

test('the history stands newest first, under how rows, success and time went', async () => {
  const { screen, selected } = await open()
  expect(screen()).toContain('[4 Batches]')
  expect(selected()).toMatch(/B_060 +● running .* 1,757 +12 .* 45% +86,000 +–/)
  expect(screen()).toMatch(/B_059 +▲ completed .* 1,757 +17 .* 99% +85,900 +1h 19m/)
  // 59 that have ended, and what the last of them came to.
  expect(screen()).toMatch(/rows +[▁-█]{59} 85,900 /)
  expect(screen()).toMatch(/success +[▁-█]{59} 99% /)
  expect(screen()).toMatch(/time +[▁-█]{59} 1h 19m /)
})

test('a batch of less than a minute took that long, and not none', async () => {
  const started_at = '2026-08-01 08:00:00'
  const { screen } = await open([
    batchSummary(1, { started_at, completed_at: '2026-08-01 08:00:23', actual_duration_minutes: 0 }),
  ])
  expect(screen()).toMatch(/B_001 .* 23s /)
  expect(screen()).toMatch(/time +[▁-█] 23s /)
})

test('is a window of 3,000 batches, and a low screen shows the list alone', async () => {
  const { screen, press, rest, engine } = await open(batchHistory(3000), { columns: 80, rows: 18 })
  await press('G')
  await rest()
  expect(screen()).toContain('B_001')
  expect(screen()).toContain('3,000 of 3,000')
  expect(screen()).not.toContain('success')
  const limits = engine.queries.flatMap((query) => ('limit' in query ? [query.limit] : []))
  expect(Math.max(...limits)).toBeLessThanOrEqual(120)
})

describe('sorted by another column', () => {
  test('all of them are, also by a figure that one of them has not yet', async () => {
    const { selected, press, rest } = await open()
    await press('W', 'g')
    await rest()
    expect(selected()).toMatch(/B_001 .* 80,100 /)
    await press('K', 'g')
    await rest()
    expect(selected()).toMatch(/B_060 .* –/)
    await press('K', 'g')
    await rest()
    expect(selected()).toMatch(/B_0[135]9 .* 1h 19m/)
  })

  test('the first row is no longer the latest, nor the one below the one before', async () => {
    const { session, screen, press, rest } = await open()
    await press('B', 'g')
    await rest()
    await press('D')
    expect(screen()).toContain('in this order none comes before it: mark one of the two')
    await press('enter')
    await rest()
    expect(session.state.batch).toBe('B_001')
  })
})

describe('Enter', () => {
  test('makes a batch of the past the one in view, which is said everywhere, and Esc returns', async () => {
    const { session, screen, press, rest, engine } = await open()
    await press('j', 'enter')
    engine.overview.batch = batchView({ batch_id: 'B_059', status: 'completed' })
    engine.tell({ type: 'engine' })
    await rest()
    expect(session.state.batch).toBe('B_059')
    expect(screen()).toContain('[1 Dashboard]')
    expect(screen()).toContain('history › B_059')
    expect(screen()).toContain('Esc latest batch')
    await press('b')
    expect(screen()).toContain('this is history: Esc goes back to the latest batch')
    await press('2')
    await rest()
    expect(screen()).toContain('history › B_059')
    expect(engine.queries.findLast(({ type }) => type === 'tasks')).toMatchObject({
      filter: { batch: 'B_059' },
    })
    await press('3')
    await rest()
    expect(engine.queries.at(-1)).toMatchObject({ type: 'errors', batch_id: 'B_059' })
    await press('4')
    await rest()
    expect(screen()).toMatch(/B_059 .* in view/)
    await press('esc')
    await rest()
    expect(session.state.batch).toBeNull()
    expect(screen()).not.toContain('history')
  })

  test('on the newest goes back to the live one', async () => {
    const { session, press, rest } = await open()
    await press('j', 'enter')
    await rest()
    await press('4', 'k', 'enter')
    await rest()
    expect(session.state.batch).toBeNull()
  })
})

describe('a diff', () => {
  const asked = (opened: Awaited<ReturnType<typeof open>>) =>
    opened.engine.queries.findLast((query) => query.type === 'diff')

  test.each([
    ['of the batch and the one before', ['j', 'D'], 'B_058', 'B_059'],
    ['of the one marked and this', [' ', 'j', 'j', 'D'], 'B_057', 'B_060'],
    ['of two marked, whatever came first', ['j', 'j', ' ', 'g', ' ', 'G', 'D'], 'B_058', 'B_060'],
    ['of two marked, with Enter on one of them', [' ', 'j', ' ', 'k', 'enter'], 'B_058', 'B_060'],
  ])('%s', async (_, keys, from, to) => {
    const opened = await open()
    for (const key of keys) {
      await opened.press(key)
      await opened.rest()
    }
    await opened.rest()
    expect(asked(opened)).toMatchObject({ from, to })
    expect(opened.screen()).toContain('[4 Batches › Diff]')
    expect(opened.screen()).toContain(`${from} → ${to}`)
  })

  test('of three, or of the first alone, cannot be', async () => {
    const { screen, press, rest } = await open()
    await press('G')
    await rest()
    await press('D')
    expect(screen()).toContain('there is no batch before it')
    await press('*')
    await rest()
    await press('D')
    expect(screen()).toContain('60 batches are marked; two can be compared')
  })
})

describe('acting', () => {
  test('c asks, names how many tasks are left, and does nothing unless told', async () => {
    const { screen, press, engine } = await open()
    engine.answer = { changed: 945, refused: [] }
    await press('c')
    expect(screen()).toContain('Cancel B_060 with the 945 tasks that are left?')
    for (const key of ['enter', 'esc', 'n', 'q']) await press(key, 'c')
    expect(engine.commands).toEqual([])
    await press('y')
    expect(engine.commands).toEqual([{ type: 'cancel_batch', batch_id: 'B_060' }])
    expect(screen()).toContain('B_060 is cancelled: 945 tasks stopped')
  })

  test('u goes on with a batch that left tasks behind', async () => {
    const [live, ...rest] = batchHistory(5)
    const stopped = batchSummary(4, { status: 'cancelled', completed_tasks: 1000 })
    const { screen, press, engine } = await open([...(live ? [live] : []), stopped, ...rest.slice(1)])
    engine.answer = { batch_id: 'B_004', tasks: 740 }
    await press('u')
    expect(screen()).toContain('B_060 is under way'.replace('060', '005'))
    await press('j', 'u')
    expect(engine.commands).toEqual([{ type: 'resume_batch', batch_id: 'B_004' }])
    await press('j', 'u')
    expect(screen()).toContain('B_003 left nothing to do')
    await press('c')
    expect(screen()).toContain('B_003 is completed already')
  })
})

test('the filter finds by name, state and figures', async () => {
  const { screen, type, press, rest } = await open()
  await press('/')
  await type('status:completed rows:<80300 batch:b_001,b_002,b_050')
  await rest()
  expect(screen()).toContain('1 of 2')
  await press('esc', '/')
  await type('site:x')
  expect(screen()).toContain('this list has no site')
})

test('without a batch it says what to do', async () => {
  const { screen, press } = await open([])
  expect(screen()).toContain('No batch yet; b starts one')
  await press('enter')
  expect(screen()).toContain('no batch in this row')
})

describe('the palette', () => {
  const command = async (line: string) => {
    const opened = await open()
    await opened.press(':')
    await opened.rest()
    await opened.type(line)
    await opened.press('enter')
    await opened.rest()
    return opened
  }

  test.each(['diff B_058 B_060', 'diff B_060 B_058'])('%s puts the earlier batch first', async (line) => {
    const { screen, engine } = await command(line)
    expect(screen()).toContain('B_058 → B_060')
    expect(engine.queries.at(-1)).toMatchObject({ type: 'diff', from: 'B_058', to: 'B_060' })
  })

  test.each([
    ['diff B_058', 'which two batches?'],
    ['diff B_058 B_058', 'a batch differs in nothing from itself'],
    ['cancel batch', 'which batch?'],
  ])('%s says what it lacks', async (line, expected) => {
    const { screen, engine } = await command(`${line} `.trimEnd())
    expect(screen()).toContain(expected)
    expect(engine.commands).toEqual([])
  })

  test('cancel batch asks first', async () => {
    const { screen, press, engine } = await command('cancel batch B_060')
    expect(screen()).toMatch(/Cancel B_060 with the \d+ tasks that are left\?/)
    await press('enter')
    expect(engine.commands).toEqual([])
  })
})
