import { describe, expect, test } from 'vitest'
import type { Overview } from '../../src/domain/query.ts'
import { ZafraError } from '../../src/domain/error.ts'
import { harmless } from '../support/hostile.ts'
import {
  batchView,
  busyOverview,
  counts,
  overview,
  errorGroup,
  runningTask,
  siteView,
} from '../support/overview.ts'
import { openSession } from '../support/tui-session.ts'

describe('moving', () => {
  test('goes through the lists and their rows', async () => {
    const { press, selected } = await openSession(busyOverview())
    expect(selected()).toContain('Inm24')
    await press('j', 'down')
    expect(selected()).toContain('Lam')
    await press('k', 'G')
    expect(selected()).toContain('Tro')
    await press('g')
    expect(selected()).toContain('Inm24')
    await press('tab', 'j')
    expect(selected()).toContain('Tlaq Ren Edif')
    await press('tab')
    expect(selected()).toContain('403 with a challenge page')
    await press('tab', 'shift-tab')
    expect(selected()).toContain('403 with a challenge page')
  })

  test('the selection stays on its task when others come and go', async () => {
    const { engine, press, pass, selected } = await openSession(busyOverview())
    await press('tab', 'j', 'j')
    expect(selected()).toContain('Jnctl Ven-d Cas-2')
    engine.overview.running.shift()
    engine.tell({ type: 'engine' })
    await pass()
    expect(selected()).toContain('Jnctl Ven-d Cas-2')
    engine.overview.running.unshift(runningTask(1), runningTask(2), runningTask(3))
    engine.tell({ type: 'engine' })
    await pass()
    expect(selected()).toContain('Jnctl Ven-d Cas-2')
  })
})

describe('acting', () => {
  test.each([
    [
      'a site: what failed there',
      ['j', 'j', 'r'],
      { batch: 'Sep26_01', site: 'Lam', status: ['failed', 'permanently_failed'] },
    ],
    [
      'a site where nothing failed: what was cancelled',
      ['j', 'j', 'j', 'r'],
      { batch: 'Sep26_01', site: 'Mit', status: ['cancelled'] },
    ],
    [
      'a group of failures',
      ['tab', 'tab', 'r'],
      {
        batch: 'Sep26_01',
        error: 'blocked: <n> with a challenge page at /jalisco/guadalajara/casa',
        status: ['failed', 'permanently_failed'],
      },
    ],
    [
      'everything that failed, when asked',
      ['R', 'enter'],
      { batch: 'Sep26_01', status: ['failed', 'permanently_failed'] },
    ],
  ])('r retries %s', async (_, keys, filter) => {
    const { engine, press, screen } = await openSession(busyOverview())
    engine.answer = { changed: 2, refused: [] }
    await press(...keys)
    expect(engine.commands).toEqual([{ type: 'retry', filter }])
    expect(screen()).toContain('2 tasks will run again')
  })

  test('a key that cannot act says why and tells the engine nothing', async () => {
    const { engine, press, screen } = await openSession(busyOverview())
    await press('j', 'r')
    expect(screen()).toContain('nothing to retry in this row')
    await press('u')
    expect(screen()).toContain('no batch waits to be resumed')
    await press('tab', 'G', 'c')
    expect(screen()).toContain('nothing to cancel in this row')
    expect(engine.commands).toEqual([])
  })

  test('c asks first, names what and how many, and does nothing unless told', async () => {
    const { engine, press, screen } = await openSession(busyOverview())
    await press('c')
    expect(screen()).toContain('Cancel 62 tasks of Inm24?')
    for (const key of ['enter', 'esc', 'n', 'q']) await press(key, 'c')
    expect(engine.commands).toEqual([])
    await press('x', 'y')
    expect(engine.commands).toEqual([
      {
        type: 'cancel',
        filter: { batch: 'Sep26_01', site: 'Inm24', status: ['pending', 'running', 'retrying', 'failed'] },
      },
    ])
  })

  test('c on a running task is about that task', async () => {
    const { engine, press, screen } = await openSession(busyOverview())
    await press('tab', 'c')
    expect(screen()).toContain('Cancel Inm24 Gdl Ven Dep?')
    await press('y')
    expect(engine.commands).toEqual([{ type: 'cancel', filter: { ids: [105] } }])
  })

  test('p pauses the site of the row and lets a paused one go on', async () => {
    const { engine, press } = await openSession(busyOverview())
    await press('p', 'j', 'j', 'p', 'tab', 'j', 'p')
    expect(engine.commands).toEqual([
      { type: 'pause', site: 'Inm24' },
      { type: 'unpause', site: 'Lam' },
      { type: 'pause', site: 'CyT' },
    ])
  })

  test('a site that goes on against what its portal asked for says so', async () => {
    const { engine, press, rest, screen } = await openSession(busyOverview())
    engine.answer = { changed: 1, refused: [], note: 'although the portal asked for one hour' }
    await press('j', 'j', 'p')
    await rest()
    expect(screen()).toContain('Lam goes on although the portal asked for one hour')
  })

  test('P pauses everything and lets it go on', async () => {
    const { engine, press, pass } = await openSession(busyOverview())
    await press('P')
    engine.overview.engine.state = 'paused'
    engine.tell({ type: 'engine' })
    await pass()
    await press('P')
    expect(engine.commands).toEqual([{ type: 'pause' }, { type: 'unpause' }])
  })

  test.each<[string, Partial<Overview>]>([
    ['was interrupted', { engine: { ...overview().engine, state: 'interrupted' } }],
    ['drains', { engine: { ...overview().engine, state: 'draining' } }],
    ['was cancelled', { batch: batchView({ status: 'cancelled' }) }],
    ['left tasks behind', { batch: batchView({ status: 'completed', counts: counts({ pending: 1 }) }) }],
  ])('u goes on with a batch that %s', async (_, some) => {
    const { engine, press, screen } = await openSession(overview(some))
    engine.answer = { batch_id: 'Sep26_01', tasks: 938 }
    await press('u')
    expect(engine.commands).toEqual([{ type: 'resume_batch', batch_id: 'Sep26_01' }])
    expect(screen()).toContain('Sep26_01 goes on: 938 tasks to do')
  })

  test('says what the engine refused, until the next key', async () => {
    const { engine, press, screen } = await openSession(busyOverview())
    engine.answer = { changed: 1, refused: [{ id: 9, reason: 'it is running' }] }
    await press('j', 'j', 'r')
    expect(screen()).toContain('1 task will run again, 1 not: it is running')
    engine.answer = new ZafraError('conflict', 'The batch is over\u001b[2J; start another')
    await press('r')
    expect(screen()).toContain('The batch is over; start another')
    await press('j')
    expect(screen()).not.toContain('start another')
  })
})

test('? shows every key of the screen and why one cannot act now', async () => {
  const { press, screen } = await openSession(busyOverview(), { columns: 120, rows: 50 })
  await press('?')
  expect(screen()).toMatch(/u +go on with a batch that left tasks behind +\(no batch waits to be resumed\)/)
  expect(screen()).toMatch(/Ctrl-L +draw the screen anew/)
  await press('x')
  expect(screen()).not.toContain('draw the screen anew')
})

test('the help scrolls where it does not fit', async () => {
  const { press, screen } = await openSession(busyOverview(), { columns: 80, rows: 15 })
  await press('?')
  expect(screen()).toContain('1-13 of')
  await press('G')
  expect(screen()).toContain('Ctrl-Z')
})

describe('leaving', () => {
  test.each([
    ['the engine lives elsewhere', { closing_stops_work: false }, {}],
    ['nothing is to do', { state: 'idle' }, { running: [] }],
    ['the batch is interrupted already', { state: 'interrupted' }, { running: [] }],
  ] as [string, Partial<Overview['engine']>, Partial<Overview>][])(
    'q leaves at once where %s',
    async (_, engine, some) => {
      const { press, left } = await openSession({
        ...busyOverview(),
        ...some,
        engine: { ...overview().engine, ...engine },
      })
      await press('q')
      expect(left).toEqual([{ why: 'quit', exit_code: 0 }])
    },
  )

  test('q says what would stop; staying is what Enter and Esc do', async () => {
    const { press, screen, left, engine } = await openSession(busyOverview())
    await press('q')
    expect(screen()).toContain('4 running tasks would be cut short, 938 would wait.')
    await press('enter', 'q', 'esc')
    expect([left, engine.commands]).toEqual([[], []])
    await press('ctrl-c', 's')
    expect(left).toEqual([{ why: 'quit', exit_code: 0 }])
  })

  test('draining leaves when nothing runs any more', async () => {
    const { engine, press, pass, left, screen } = await openSession(busyOverview())
    engine.answer = { running: 4 }
    await press('q', 'd')
    expect(screen()).toContain('Draining: leaves when 4 running tasks ended')
    await pass()
    expect(left).toEqual([])
    engine.overview.running = []
    engine.tell({ type: 'engine' })
    await pass()
    expect([engine.commands, left]).toEqual([[{ type: 'drain' }], [{ why: 'quit', exit_code: 0 }]])
  })
})

describe('the log', () => {
  test('opens on a running task, an error, and what runs at a site', async () => {
    const { engine, press, screen } = await openSession(busyOverview())
    engine.print(105, 'out', 'from the site')
    engine.print(633, 'err', 'from the error')
    await press('l')
    expect(screen()).toContain('[1 Dashboard › Log]')
    expect(screen()).toMatch(/Inm24 Gdl Ven Dep · task 105, attempt 1 .* following/)
    expect(screen()).toMatch(/out from the site/)
    await press('esc', 'tab', 'tab', 'l')
    expect(screen()).toMatch(/err from the error/)
    await press('esc')
    expect(screen()).toContain('─ Failures ─')
  })

  test('scrolls, says so, and follows again', async () => {
    const { engine, press, pass, screen } = await openSession(busyOverview())
    engine.print(105, 'out', ...Array.from({ length: 100 }, (_, index) => `line ${index + 1}.`))
    await press('l', 'k')
    expect(screen()).toContain('scrolled back')
    expect(screen()).not.toContain('line 100.')
    await press('G')
    engine.print(105, 'out', 'the newest')
    await pass(100)
    expect(screen()).toContain('the newest')
    expect(screen()).toContain('following')
  })
})

test('what changes out of sight changes nothing that is shown', async () => {
  const tasks = Array.from({ length: 100 }, (_, id) => runningTask(id))
  const { engine, screen, pass } = await openSession(
    overview({
      batch: batchView({ status: 'completed' }),
      running: tasks,
      sites: [siteView('Inm24')],
    }),
    { columns: 80, rows: 24 },
  )
  const before = screen()
  const last = runningTask(99)
  engine.tell({ type: 'progress', running: { ...last, progress: { ...last.progress, items: 7 } } })
  await pass()
  expect(screen()).toBe(before)
  engine.overview.sites[0] = siteView('Inm24', { counts: counts({ completed: 1 }) })
  engine.tell({ type: 'engine' })
  await pass()
  expect(screen()).not.toBe(before)
})

describe('Ctrl-Z', () => {
  test('asks while it would hold up work, and holds it up only when told so again', async () => {
    const { press, screen, suspended, engine } = await openSession(busyOverview())
    await press('ctrl-z')
    expect(screen()).toContain('stands still with it')
    await press('esc')
    expect(suspended()).toBe(0)
    await press('ctrl-z', 'z')
    expect(suspended()).toBe(1)
    expect(engine.commands).toEqual([])
  })

  test('suspends at once where nothing is in hand, or another process has it', async () => {
    const idle = await openSession(overview({ engine: { ...overview().engine, state: 'idle' }, running: [] }))
    await idle.press('ctrl-z')
    expect(idle.suspended()).toBe(1)
    const attached = busyOverview()
    attached.engine = { ...attached.engine, closing_stops_work: false }
    const other = await openSession(attached)
    await other.press('ctrl-z')
    expect(other.suspended()).toBe(1)
  })
})

test('what the engine says of others is harmless on the screen', async () => {
  const evil = '\u001b]0;x\u0007\u009b31m\u202e\u2028\r'
  const hostile = busyOverview()
  hostile.sites = [siteView('Inm24', { name: evil, note: evil, state: 'paused' })]
  hostile.running = [runningTask(1, { city: evil, progress: { ...runningTask(1).progress, message: evil } })]
  hostile.error_groups = [errorGroup({ message: evil, sites: [evil] })]
  hostile.alerts = [{ code: 'disk', message: evil }]
  const { screen, press } = await openSession(hostile)
  await press('tab', 'c')
  expect(harmless(screen().replaceAll('\n', ''))).toBe(true)
})
