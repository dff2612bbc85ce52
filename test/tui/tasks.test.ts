import { describe, expect, test } from 'vitest'
import { ZafraError } from '../../src/domain/error.ts'
import type { Task } from '../../src/domain/task.ts'
import { harmless } from '../support/hostile.ts'
import { batchView, busyOverview, counts, overview } from '../support/overview.ts'
import { task } from '../support/task.ts'
import { openSession } from '../support/tui-session.ts'

const SITES = ['CyT', 'Inm24', 'Lam']
const STATUSES = ['completed', 'pending', 'permanently_failed', 'cancelled', 'retrying'] as const

function tasks(total: number): Task[] {
  return Array.from({ length: total }, (_, index) =>
    task({
      id: index + 1,
      website: SITES[index % SITES.length] ?? '',
      status: STATUSES[index % STATUSES.length] ?? 'pending',
      attempts: 1,
      data_records_extracted: index * 7,
      execution_batch: 'Sep26_01',
    }),
  )
}

async function open(total = 100_000, size = { columns: 120, rows: 30 }) {
  const opened = await openSession(busyOverview(), size)
  opened.engine.tasks = tasks(total)
  await opened.press('2')
  await opened.rest()
  return opened
}

/** The id in the row under the cursor. */
const idIn = (line: string) => Number(/(\d+)/.exec(line)?.[1])

test('a screen of 100,000 tasks is a page of them', async () => {
  const { screen, selected, press, rest, engine } = await open()
  expect(screen()).toContain('[2 Tasks]')
  expect(screen()).toContain('1 of 100,000')
  await press('G')
  await rest()
  expect(idIn(selected())).toBe(100_000)
  expect(screen()).toContain('100,000 of 100,000')
  await press('pgup', 'k')
  await rest()
  expect(idIn(selected())).toBe(100_000 - 26 - 1)
  expect(engine.asked.most).toBe(1)
  const limits = engine.queries.map((query) => ('limit' in query ? query.limit : 0))
  expect(Math.max(...limits)).toBeLessThanOrEqual(3 * 26)
})

test('news is asked for at most four times a second, and not while frozen', async () => {
  const { engine, pass, press, rest, screen } = await open(50)
  const before = engine.queries.length
  for (let event = 0; event < 1000; event += 1) {
    engine.tell({ type: 'tasks', batch_id: 'Sep26_01' })
    await pass(1)
  }
  expect(engine.queries.length - before).toBeLessThanOrEqual(5)
  expect(engine.queries.length - before).toBeGreaterThanOrEqual(3)
  await press('z')
  await rest()
  expect(screen()).toContain('frozen')
  const frozen = engine.queries.length
  engine.tell({ type: 'tasks', batch_id: 'Sep26_01' })
  await pass(2000)
  expect(engine.queries.length).toBe(frozen)
  await press('z')
  await pass(500)
  expect(engine.queries.length).toBeGreaterThan(frozen)
})

test('R is no key of a batch in which nothing failed', async () => {
  const { screen, press, pass, engine } = await open(5)
  expect(screen()).toContain('R retry all')
  engine.overview.batch = batchView({ ...engine.overview.batch, counts: counts() })
  engine.tell({ type: 'engine' })
  await pass()
  expect(screen()).not.toContain('R retry all')
  await press('R')
  expect(screen()).toContain('no task of this batch is failed now')
})

test('without a batch it says what to do', async () => {
  const { screen, press, rest } = await openSession(overview({ batch: null }))
  await press('2')
  await rest()
  expect(screen()).toContain('No batch yet; b starts one')
})

describe('the filter', () => {
  test('narrows the list at each key, in the field syntax', async () => {
    const { screen, type, press, rest, engine } = await open(50)
    await press('/')
    await type('status:perm site:lam')
    await rest()
    expect(screen()).toContain(' /status:perm site:lam▏')
    expect(engine.queries.at(-1)).toMatchObject({
      filter: { batch: 'Sep26_01', search: 'status:perm site:lam' },
    })
    expect(screen()).toMatch(/1 of 4/)
    await press('enter')
    expect(screen()).toContain('Sep26_01 · /status:perm site:lam')
    await press('esc')
    await rest()
    expect(screen()).toContain('of 50')
    expect(screen()).toContain('[2 Tasks]')
  })

  test('says beside the line what is wrong with it, and keeps the list', async () => {
    const { screen, type, press, rest, engine } = await open(50)
    const before = engine.queries.length
    await press('/')
    await type('rows:x')
    await rest()
    expect(screen()).toContain('expected a number, as in rows:<10')
    expect(screen()).toContain('of 50')
    await press('enter')
    expect(screen()).toContain('rows:x▏')
    expect(
      engine.queries.slice(before).some((query) => 'filter' in query && query.filter.search === 'rows:x'),
    ).toBe(false)
    await press('esc')
    expect(screen()).not.toContain('expected a number')
  })

  test('goes back to what was typed before, and takes a paste as one line', async () => {
    const { screen, type, press, paste, rest } = await open(50)
    await press('/')
    await type('lam')
    await press('enter', '/', 'ctrl-u')
    await type('cyt')
    await press('enter', '/', 'up', 'up')
    expect(screen()).toContain(' /lam▏')
    await press('down', 'down')
    expect(screen()).toContain(' /▏')
    void paste('  inm24\n\u001b]0;x\u0007gdl\r\n ')
    await rest()
    expect(screen()).toContain(' /inm24 gdl▏')
    expect(harmless(screen().replaceAll('\n', ''))).toBe(true)
  })
})

test('in ASCII what is typed goes to the engine as typed, and only its accents are not shown', async () => {
  const { engine, press, type, rest, paste, screen } = await openSession(busyOverview(), undefined, true)
  engine.tasks = tasks(50)
  await press('2', '/')
  await type('peña')
  void paste(' cañón')
  await rest()
  expect(screen()).toContain(' /penacanon_')
  expect(screen()).toMatch(/^[\n -~]*$/)
  expect(engine.queries.at(-1)).toMatchObject({ filter: { search: 'peñacañón' } })
})

describe('marked tasks', () => {
  test('are acted on together, over pages and under a filter, after one question', async () => {
    const { screen, type, press, rest, engine } = await open(1000)
    await press('j', 'j', ' ', ' ', 'G')
    await rest()
    await press(' ', '/')
    await type('site:cyt')
    await press('enter')
    await rest()
    expect(screen()).toContain('3 marked')
    await press('r')
    await rest()
    expect(screen()).toContain('Retry 3 marked tasks?')
    expect(screen()).toContain('The filter hides 1 of the marked ones.')
    expect(engine.commands).toEqual([])
    engine.answer = new ZafraError('storage', 'the disk is full')
    await press('enter')
    expect(screen()).toContain('3 marked')
    await press('r')
    await rest()
    engine.answer = { changed: 3, refused: [] }
    await press('enter')
    expect(engine.commands.at(-1)).toEqual({ type: 'retry', filter: { ids: [3, 4, 1000] } })
    expect(screen()).not.toMatch(/\d marked/)
  })

  test('are counted apart where it cannot be done to them, and left alone', async () => {
    const { screen, press, rest, engine } = await open(1000)
    await press('*', 'c')
    await rest()
    expect(screen()).toContain('Cancel 400 of 1,000 marked tasks (600 are not running or waiting)?')
    expect(screen()).not.toContain('The filter hides')
    await press('enter', 'c', 'esc', 'c', 'n')
    expect(engine.commands).toEqual([])
    expect(screen()).toContain('1,000 marked')
    await press('c', 'y')
    expect(engine.commands).toMatchObject([{ type: 'cancel', filter: { ids: { length: 400 } } }])
    expect(screen()).not.toMatch(/\d marked/)
  })

  test('are not asked about where it can be done to none of them', async () => {
    const { screen, press, rest } = await open(50)
    await press(' ', 'r')
    await rest()
    expect(screen()).toContain('no marked task is failed or cancelled')
    await press('esc')
    expect(screen()).not.toMatch(/\d marked/)
  })
})

test('R counts what failed under the filter, and asks', async () => {
  const { screen, press, rest, engine } = await open(50)
  await press('R')
  await rest()
  expect(screen()).toContain('Retry 10 failed tasks of the list?')
  await press('y')
  expect(engine.commands).toEqual([
    { type: 'retry', filter: { batch: 'Sep26_01', status: ['failed', 'permanently_failed'] } },
  ])
})

test('Shift and a letter of the heads sorts, and again the other way round; the selection stays', async () => {
  const { screen, press, rest, selected, engine } = await open(50)
  await press('j', 'j')
  await press('W', 'W')
  await rest()
  expect(engine.queries.at(-1)).toMatchObject({ sort: { by: 'data_records_extracted', descending: true } })
  expect(screen()).toContain('roWs↓')
  expect(idIn(selected())).toBe(3)
  expect(screen()).toContain('48 of 50')
})

test('what cannot be done says why', async () => {
  const { screen, press, engine } = await open(50)
  await press('r')
  expect(screen()).toContain('a completed task cannot be retried')
  await press('c')
  expect(screen()).toContain('a completed task cannot be cancelled')
  expect(engine.commands).toEqual([])
})

test('l opens the log and Esc comes back to the same row; a number leaves all behind', async () => {
  const { screen, press, rest, selected, engine } = await open(50)
  engine.print(3, 'out', 'from the third')
  await press('j', 'j', 'l')
  await rest()
  expect(screen()).toContain('[2 Tasks › Log]')
  expect(screen()).toContain('from the third')
  await press('esc')
  expect(idIn(selected())).toBe(3)
  await press('enter', '1')
  expect(screen()).toContain('[1 Dashboard]')
  await press('esc')
  expect(screen()).toContain('nothing is open')
})

test('y offers what the row holds and says that it was sent', async () => {
  const { screen, press, copied } = await open(50)
  await press('y', 'u')
  expect(copied).toEqual([task().url])
  expect(screen()).toContain('URL sent via OSC 52')
})

test('the dashboard leads to the tasks of a site and of a group of failures', async () => {
  const { screen, press, rest, engine } = await openSession(busyOverview())
  engine.tasks = tasks(50)
  await press('enter')
  await rest()
  expect(screen()).toContain('Sep26_01 · /site:Inm24')
  await press('esc', 'esc', 'tab', 'tab', 'enter')
  await rest()
  expect(engine.queries.at(-1)).toMatchObject({
    filter: { error: 'blocked: <n> with a challenge page at /jalisco/guadalajara/casa' },
  })
  expect(screen()).toContain('Sep26_01 · blocked')
  await press('2')
  await rest()
  expect(engine.queries.at(-1)).toMatchObject({ filter: { batch: 'Sep26_01' } })
  expect(engine.queries.at(-1)).not.toHaveProperty('filter.error')
  expect(screen()).not.toContain('Sep26_01 · blocked')
})

test('without an answer it says so and goes on', async () => {
  const { screen, press, rest, engine } = await open(50)
  const query = engine.query.bind(engine)
  engine.query = () => Promise.reject(new ZafraError('internal', 'tasks is not answered yet'))
  await press('W')
  await rest()
  expect(screen()).toContain('tasks is not answered yet')
  engine.query = query
  await press('W')
  await rest()
  expect(screen()).toContain('roWs↓')
})

test('texts of others are harmless here too', async () => {
  const evil = '\u001b]0;x\u0007\u009b31m\u202e\u2028\r'
  const { screen, press, rest, engine } = await open(3)
  engine.tasks = [task({ city: evil, error_message: evil, url: evil, status: 'failed' })]
  engine.tell({ type: 'tasks', batch_id: 'Sep26_01' })
  await press('1', '2', 'y')
  await rest()
  expect(harmless(screen().replaceAll('\n', ''))).toBe(true)
})
