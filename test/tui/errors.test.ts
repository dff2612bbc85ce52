import { describe, expect, test } from 'vitest'
import type { ErrorGroup } from '../../src/domain/error-group.ts'
import { harmless } from '../support/hostile.ts'
import { batchView, busyOverview, counts, errorGroup } from '../support/overview.ts'
import { task } from '../support/task.ts'
import { openSession } from '../support/tui-session.ts'

const FAILED = ['failed', 'permanently_failed']

/** `total` groups, none like another but for their class. */
function groups(total: number): ErrorGroup[] {
  return Array.from({ length: total }, (_, index) => {
    const message = `fault ${String.fromCharCode(97 + (index % 26))}${'x'.repeat(Math.floor(index / 26))}`
    return errorGroup({ message, lost: index + 1, attempts: 2 * (index + 1), sites: ['CyT', 'Lam'] })
  })
}

async function open(all?: ErrorGroup[], size = { columns: 120, rows: 30 }) {
  const opened = await openSession(busyOverview(), size)
  if (all) opened.engine.overview.error_groups = all
  opened.engine.tasks = [
    task({ id: 1, status: 'permanently_failed', execution_batch: 'Sep26_01' }),
    task({ id: 2, status: 'failed', execution_batch: 'Sep26_01' }),
    task({ id: 3, status: 'completed', execution_batch: 'Sep26_01' }),
  ]
  await opened.press('3')
  await opened.rest()
  return opened
}

test('like failures stand in one row, with how many tasks, where, since when and why', async () => {
  const { screen } = await open()
  expect(screen()).toContain('[3 Errors]')
  expect(screen()).toMatch(/14 +0 +16 +blocked +Lam +\S+ +1m ago +403 with a challenge page at /)
  expect(screen()).toContain('1 of 3')
  expect(screen()).toMatch(
    /The latest message ─+┤\n│ 403 with a challenge page at \/jalisco\/guadalajara\/casa /,
  )
})

test('a long message is shown in full below, and a low screen shows the list alone', async () => {
  const message = `${'página 再試行 '.repeat(14)}the end`
  const { screen } = await open([errorGroup({ message })], { columns: 100, rows: 24 })
  expect(screen()).toMatch(/│ 試行 the end +│/)
  const low = await open([errorGroup({ message })], { columns: 60, rows: 15 })
  expect(low.screen()).not.toContain('The latest message')
  expect(low.selected()).toContain('timeout')
})

test('5,000 groups are a page of them, and the selection stays on its group', async () => {
  const all = groups(5000)
  const { screen, selected, press, rest, pass, engine } = await open(all)
  await press('G')
  await rest()
  expect(screen()).toContain('5,000 of 5,000')
  const limits = engine.queries.flatMap((query) => ('limit' in query ? [query.limit] : []))
  expect(Math.max(...limits)).toBeLessThanOrEqual(3 * 22)
  expect(selected()).toMatch(/ 5,000 +0 +10,000 /)
  engine.overview.error_groups = [errorGroup({ message: 'something new' }), ...all]
  engine.tell({ type: 'tasks', batch_id: 'Sep26_01' })
  await pass()
  await rest()
  expect(selected()).toMatch(/ 5,000 +0 +10,000 /)
  expect(screen()).toContain('5,001 of 5,001')
})

test('a capital of the heads sorts by its column, and again the other way round', async () => {
  const { screen, selected, press, rest } = await open(groups(40))
  await press('T', 'T', 'g')
  await rest()
  expect(screen()).toContain('losT↓')
  expect(selected()).toMatch(/ 40 +0 +80 /)
  await press('C', 'T', 'g')
  await rest()
  expect(screen()).toContain('losT↑')
  expect(selected()).toMatch(/ 1 +0 +2 /)
})

describe('down to', () => {
  test('the tasks that failed so, and back to the group', async () => {
    const { screen, press, rest, selected, engine } = await open()
    await press('j', 'enter')
    await rest()
    expect(screen()).toContain('[3 Errors › Tasks]')
    expect(engine.queries.at(-1)).toMatchObject({
      type: 'tasks',
      filter: { error: 'timeout: connection reset' },
    })
    await press('esc')
    await rest()
    expect(screen()).toContain('[3 Errors]')
    expect(selected()).toContain('connection reset')
  })

  test('the log of the last one', async () => {
    const { screen, press, rest, engine } = await open()
    engine.print(97, 'err', 'here it is')
    await press('j', 'l')
    await rest()
    expect(screen()).toContain('here it is')
    expect(engine.queries.some((query) => query.type === 'log' && query.task_id === 97)).toBe(true)
  })
})

describe('retrying', () => {
  test('a group asks first and names how many tasks', async () => {
    const { screen, press, rest, engine } = await open()
    await press('r')
    await rest()
    expect(screen()).toContain('Retry 2 failed tasks of this blocked group?')
    await press('esc')
    expect(engine.commands).toEqual([])
    await press('r')
    await rest()
    await press('enter')
    const error = 'blocked: <n> with a challenge page at /jalisco/guadalajara/casa'
    expect(engine.commands).toEqual([{ type: 'retry', filter: { batch: 'Sep26_01', error, status: FAILED } }])
  })

  test('marked groups counts a task of both once', async () => {
    const { screen, press, rest, engine } = await open()
    await press(' ', ' ', 'r')
    await rest()
    expect(screen()).toContain('Retry 2 failed tasks of 2 marked groups?')
    await press('y')
    expect(engine.commands).toEqual([{ type: 'retry', filter: { ids: [1, 2] } }])
  })

  test('R takes all of the batch, or of the groups that the filter chooses', async () => {
    const { screen, type, press, rest, engine } = await open()
    await press('R')
    await rest()
    expect(screen()).toContain('Retry 2 failed tasks of Sep26_01?')
    await press('esc', '/')
    await type('site:lam')
    await press('enter')
    await rest()
    await press('R')
    await rest()
    expect(screen()).toContain('of 2 groups?')
    expect(engine.commands).toEqual([])
  })

  test('a group that is all recovered stands last, faint, and offers nothing', async () => {
    const recovered = errorGroup({
      error_class: 'rate_limited',
      message: '429',
      lost: 0,
      tasks: 3,
      recovered: 3,
    })
    const waiting = errorGroup({ error_class: 'transient', message: '503', lost: 0, tasks: 1 })
    const { screen, selected, press, rest, engine } = await open([errorGroup(), waiting, recovered])
    await press('j', 'j')
    await rest()
    expect(selected()).toMatch(/ 0 +3 +1 +rate_limited /)
    await press('r')
    await rest()
    expect(screen()).toContain('every task of this group is recovered')
    await press('k', 'r')
    await rest()
    expect(screen()).toContain('no task of this group is lost')
    expect(engine.commands).toEqual([])
  })

  test('what failed once and is failed no more is not retried', async () => {
    const { screen, press, rest, pass, engine } = await open()
    engine.tasks = [task({ id: 3, status: 'completed' })]
    await press('r')
    await rest()
    expect(screen()).toContain('no task of this blocked group is failed now')
    engine.overview.batch = batchView({ ...engine.overview.batch, counts: counts() })
    engine.tell({ type: 'engine' })
    await pass()
    expect(screen()).not.toContain('R retry all')
    await press('R')
    expect(screen()).toContain('no task of this batch is failed now')
  })
})

test('the filter is the engine’s, and says what this list does not have', async () => {
  const { screen, type, press, rest } = await open()
  await press('/')
  await type('!class:blocked ~cnrst')
  await rest()
  expect(screen()).toContain('1 of 1')
  expect(screen()).toContain('connection reset')
  await press('ctrl-u')
  await type('rows:<10')
  expect(screen()).toContain('this list has no rows')
  await press('ctrl-u')
  await type('nothing so')
  await rest()
  expect(screen()).toContain('No failure matches "nothing so"; Esc shows all')
})

test('without a failure it says so, and what cannot act says why', async () => {
  const { screen, press } = await open([])
  expect(screen()).toContain('Nothing failed in this batch')
  await press('enter')
  expect(screen()).toContain('no failure in this row')
  await press('R')
  expect(screen()).toContain('the list is empty')
})

test('texts of others are harmless', async () => {
  const evil = '\u001b]0;x\u0007\u009b31m\u202e\u2028\r'
  const { screen } = await open([errorGroup({ message: evil, sites: [evil] })])
  expect(harmless(screen().replaceAll('\n', ''))).toBe(true)
})

test('p pauses the site that fails so, where it is one; a key of other screens says that it does nothing', async () => {
  const { engine, press, rest, screen } = await open()
  await press('p', 'j', 'p')
  await rest()
  expect(engine.commands).toEqual([{ type: 'unpause', site: 'Lam' }])
  expect(screen()).toContain('these failures are of several sites')
  await press('c')
  expect(screen()).toContain('c does nothing here; ? shows the keys that do')
  await press('§')
  expect(screen()).not.toContain('does nothing here')
})
