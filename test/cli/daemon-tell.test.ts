import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drain } from '../../src/cli/daemon/drain.ts'
import { createLogger } from '../../src/cli/daemon/logger.ts'
import { tell } from '../../src/cli/daemon/tell.ts'
import { testClock } from '../support/clock.ts'
import { harmless, hostileText } from '../support/hostile.ts'
import { batchView, overview, runningTask } from '../support/overview.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'
import { settle } from '../support/settle.ts'
import { task } from '../support/task.ts'

function telling() {
  const lines: Record<string, unknown>[] = []
  const raw: string[] = []
  const write = (line: string) => {
    raw.push(line)
    lines.push(JSON.parse(line) as Record<string, unknown>)
  }
  const engine = new ScriptedEngine(overview())
  const stop = tell(engine, createLogger({ write }, 'normal'))
  return { engine, lines, raw, stop }
}

test('ends of tasks and batches are lines; beginnings and progress are none', async () => {
  const { engine, lines } = telling()
  engine.tell({ type: 'task', task: task({ status: 'running' }) })
  engine.tell({ type: 'progress', running: runningTask(1) })
  engine.tell({ type: 'task', task: task({ status: 'completed', data_records_extracted: 7 }) })
  engine.tell({
    type: 'task',
    task: task({ id: 2, status: 'retrying', error_class: 'blocked', error_message: 'HTTP 403' }),
  })
  engine.tell({ type: 'batch', batch: batchView({ status: 'completed' }) })
  await settle()
  expect(lines.map(({ level, msg, task: id, rows }) => [level, msg, id, rows])).toEqual([
    ['info', 'task completed', 1, 7],
    ['warn', 'HTTP 403', 2, undefined],
    ['info', expect.stringContaining('completed'), undefined, undefined],
  ])
})

test('an alert is told once when it comes and once when it is over, also when events overtake the answer', async () => {
  const { engine, lines } = telling()
  const alert = { code: 'disk', message: 'nothing new starts' } as const
  engine.overview = overview({ alerts: [alert] })
  engine.tell({ type: 'engine' })
  engine.tell({ type: 'engine' })
  await settle()
  engine.tell({ type: 'engine' })
  engine.overview = overview()
  engine.tell({ type: 'engine' })
  await settle()
  expect(lines.map(({ alert: code, msg }) => [code, msg])).toEqual([
    ['disk', 'nothing new starts'],
    ['disk', 'over'],
  ])
})

test('whatever a scraper says, a line is one line and harms no terminal', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const { engine, raw, stop } = telling()
      engine.tell({ type: 'task', task: task({ status: 'failed', error_message: text, scraper_name: text }) })
      engine.overview = overview({ alerts: [{ code: 'backup', message: text }] })
      engine.tell({ type: 'engine' })
      await settle()
      stop()
      expect(raw).toHaveLength(2)
      expect(raw.every((line) => line.endsWith('\n') && harmless(line.slice(0, -1)))).toBe(true)
    }),
    { numRuns: 100 },
  )
})

test.each([
  ['drained', (engine: ScriptedEngine) => (engine.overview = overview())],
  ['late', () => {}],
] as const)('a drain is %s', async (end, happens) => {
  const engine = new ScriptedEngine(overview({ running: [runningTask(1)] }))
  const clock = testClock()
  const drained = drain(engine, { seconds: 60, clock, hurry: new AbortController().signal })
  await settle()
  expect(engine.commands).toEqual([{ type: 'drain' }])
  clock.advance(59_000)
  happens(engine)
  engine.tell({ type: 'task', task: task({ status: 'completed' }) })
  await settle()
  clock.advance(1000)
  expect(await drained).toBe(end)
  expect(engine.clients).toBe(0)
})

test('a drain that is hurried does not wait', async () => {
  const engine = new ScriptedEngine(overview({ running: [runningTask(1)] }))
  const hurry = new AbortController()
  const drained = drain(engine, { seconds: 60, clock: testClock(), hurry: hurry.signal })
  hurry.abort()
  expect(await drained).toBe('hurried')
})
