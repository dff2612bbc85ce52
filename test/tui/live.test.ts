import { expect, test } from 'vitest'
import { Live, type Shown } from '../../src/tui/live.ts'
import { testClock } from '../support/clock.ts'
import { NOW, overview, runningTask } from '../support/overview.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'
import { settle } from '../support/settle.ts'
import { task } from '../support/task.ts'

function follow(engine = new ScriptedEngine(overview({ running: [runningTask(1)] }))) {
  const clock = testClock(NOW)
  const shown: Shown[] = []
  const errors: unknown[] = []
  const terminal = { frozen: false }
  const live = new Live(engine, clock, {
    show: (each) => shown.push(each),
    connection: () => {},
    error: (thrown) => errors.push(thrown),
    held: () => terminal.frozen,
  })
  const pass = async (ms: number) => {
    clock.advance(ms)
    await settle()
  }
  return { engine, live, shown, errors, terminal, clock, pass }
}

function progress(items: number) {
  const running = runningTask(1)
  return { type: 'progress', running: { ...running, progress: { ...running.progress, items } } } as const
}

test('shows the snapshot at once and a thousand events at most four times a second', async () => {
  const { engine, shown, pass } = follow()
  await pass(0)
  expect(shown).toHaveLength(1)
  for (let event = 0; event < 1000; event += 1) {
    engine.tell(progress(event))
    await pass(1)
  }
  expect(shown.length).toBeLessThanOrEqual(5)
  expect(shown.length).toBeGreaterThanOrEqual(4)
})

test('shows a change after a quiet time without waiting', async () => {
  const { engine, shown, pass } = follow()
  await pass(0)
  await pass(600)
  engine.tell(progress(42))
  await pass(0)
  expect(shown.at(-1)?.overview.running[0]?.progress.items).toBe(42)
})

test('asks for the overview again when more than progress changed, and keeps newer progress over it', async () => {
  const { engine, shown, pass } = follow()
  await pass(0)
  engine.tell(progress(1))
  engine.overview = overview({ running: [runningTask(1), runningTask(2)] })
  engine.tell({ type: 'engine' })
  await pass(250)
  expect(shown.at(-1)?.overview.running).toHaveLength(2)
})

test('what an engine told of its progress is over when another one answers, whose numbers begin anew', async () => {
  const engine = new ScriptedEngine(overview({ running: [runningTask(1)] }))
  const { shown, pass } = follow(engine)
  await pass(0)
  for (let event = 0; event < 9; event += 1) engine.tell(progress(event))
  await pass(250)
  expect(shown.at(-1)?.overview.running[0]?.progress.items).toBe(8)
  engine.tell({ type: 'snapshot', overview: overview({ seq: 0, running: [runningTask(1)] }) })
  await pass(250)
  expect(shown.at(-1)?.overview.running[0]).toEqual(runningTask(1))
})

test('what an attempt told of its progress is over when it ends, also while nothing can be asked', async () => {
  const { engine, shown, pass } = follow()
  await pass(0)
  engine.tell(progress(8))
  engine.query = () => Promise.reject(new Error('gone'))
  engine.tell({ type: 'task', task: task({ id: 1, status: 'retrying' }) })
  await pass(250)
  expect(shown.at(-1)?.overview.running[0]).toEqual(runningTask(1))
})

test('moves the clock once a second while a batch runs, and rests when it does not', async () => {
  const { engine, shown, pass } = follow()
  await pass(0)
  await pass(1000)
  expect(shown.map(({ age_s }) => age_s)).toEqual([0, 1])
  engine.overview = overview({ batch: null })
  engine.tell({ type: 'engine' })
  await pass(250)
  const before = shown.length
  await pass(60_000)
  expect(shown).toHaveLength(before)
})

test('shows nothing while the terminal takes nothing, and all of it afterwards', async () => {
  const { engine, shown, terminal, pass } = follow()
  await pass(0)
  terminal.frozen = true
  engine.tell(progress(7))
  for (let second = 0; second < 5; second += 1) await pass(1000)
  expect(shown).toHaveLength(1)
  terminal.frozen = false
  await pass(250)
  expect(shown.at(-1)?.overview.running[0]?.progress.items).toBe(7)
})

test('hears no more after its end', async () => {
  const { engine, live, shown, clock, pass } = follow()
  await pass(0)
  await live.look('Sep26_01')
  expect(clock.timers).toBe(1)
  live.end()
  expect([engine.clients, clock.timers]).toEqual([0, 0])
  await pass(60_000)
  expect(shown).toHaveLength(2)
})

test('what is not answered is said once and asked again without any news, ever less often', async () => {
  const { engine, errors, shown, pass } = follow(new ScriptedEngine(overview({ batch: null })))
  await pass(0)
  const query = engine.query.bind(engine)
  let asked = 0
  engine.query = () => Promise.reject(new Error(`gone, ${(asked += 1) > 8 ? 'for good' : 'for now'}`))
  engine.overview = overview({ batch: null, running: [runningTask(1), runningTask(2)] })
  engine.tell({ type: 'engine' })
  for (let quarter = 0; quarter < 120; quarter += 1) await pass(250)
  expect(asked).toBe(8)
  expect(errors).toEqual([new Error('gone, for now')])
  await pass(8000)
  expect(errors).toEqual([new Error('gone, for now'), new Error('gone, for good')])
  engine.query = query
  await pass(8000)
  expect(shown.at(-1)?.overview.running).toHaveLength(2)
  const before = shown.length
  await pass(60_000)
  expect(shown).toHaveLength(before)
})

test('a batch that is turned to is asked for at once, however long nothing was answered', async () => {
  const { engine, live, errors, pass } = follow(new ScriptedEngine(overview({ batch: null })))
  await pass(0)
  engine.query = () => Promise.reject(new Error('gone'))
  engine.tell({ type: 'engine' })
  for (let second = 0; second < 20; second += 1) await pass(1000)
  await live.look('Sep26_01')
  expect(errors).toHaveLength(2)
})

test('a batch that is turned to while another is asked for is shown too, also where nothing runs', async () => {
  const { engine, live, shown, pass } = follow(new ScriptedEngine(overview({ batch: null })))
  await pass(0)
  const asked: (string | undefined)[] = []
  const query = engine.query.bind(engine)
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>()
  engine.query = async (each) => {
    if (each.type === 'overview') asked.push(each.batch_id)
    await answered
    return query(each)
  }
  void live.look('Sep26_01')
  void live.look('Sep26_02')
  answer()
  await pass(0)
  const before = shown.length
  await pass(250)
  expect(asked).toEqual(['Sep26_01', 'Sep26_02'])
  expect(shown.length).toBeGreaterThan(before)
})
