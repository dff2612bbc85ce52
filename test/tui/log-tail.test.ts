import { expect, test } from 'vitest'
import { createReadable } from '../../src/tui/readable.ts'
import { LogTail, lastTop, type LogView } from '../../src/tui/log-tail.ts'
import { testClock } from '../support/clock.ts'
import { overview } from '../support/overview.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'
import { settle } from '../support/settle.ts'

const HEIGHT = 10
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`)

async function open(lines: string[]) {
  const engine = new ScriptedEngine(overview())
  engine.print(1, 'out', ...lines)
  const clock = testClock()
  const errors: unknown[] = []
  let view: LogView | undefined
  const tail = new LogTail(
    engine,
    clock,
    createReadable(false),
    { id: 1, title: 'Inm24 Gdl Ven Dep' },
    {
      show: (each) => (view = each),
      error: (thrown) => errors.push(thrown),
      held: () => false,
    },
  )
  await settle()
  /** The lines that a screen of HEIGHT rows shows. */
  const seen = () => {
    if (!view) return []
    const top = view.following ? lastTop(view, HEIGHT) : view.top
    return view.lines.slice(top, top + HEIGHT).map(({ text }) => text)
  }
  const pass = async () => {
    clock.advance(100)
    await settle()
  }
  return { engine, tail, errors, seen, pass, view: () => view, clock }
}

test('opens at the end and follows what comes', async () => {
  const { engine, seen, pass } = await open(numbered(1, 700))
  expect(seen()).toEqual(numbered(691, 700))
  engine.print(1, 'out', 'line 701')
  await pass()
  expect(seen()).toEqual(numbered(692, 701))
})

test('keeps its place while scrolled back, however much is written', async () => {
  const { engine, tail, seen, pass } = await open(numbered(1, 700))
  await tail.scroll(-20, HEIGHT)
  expect(seen()).toEqual(numbered(671, 680))
  engine.print(1, 'out', ...numbered(701, 9000))
  await pass()
  expect(seen()).toEqual(numbered(671, 680))
})

test('scrolls back to the first line and on to the last without a gap', async () => {
  const { tail, seen, view } = await open(numbered(1, 7000))
  const walked: string[] = []
  while (seen()[0] !== 'line 1') {
    await tail.scroll(-HEIGHT, HEIGHT)
    walked.unshift(...seen())
  }
  expect(walked).toEqual(numbered(1, 6990))
  expect(view()?.lines.length).toBeLessThanOrEqual(5000)
  const back: string[] = seen()
  while (seen().at(-1) !== 'line 7000') {
    await tail.scroll(HEIGHT, HEIGHT)
    back.push(...seen())
  }
  expect(back).toEqual(numbered(1, 7000))
})

test('goes to both ends at once', async () => {
  const { tail, seen, view } = await open(numbered(1, 7000))
  await tail.goTo('start')
  expect([seen(), view()?.following]).toEqual([numbered(1, 10), false])
  await tail.goTo('end')
  expect([seen(), view()?.following]).toEqual([numbered(6991, 7000), true])
})

test('stops following where it is and goes on at the end', async () => {
  const { engine, tail, seen, pass } = await open(numbered(1, 50))
  await tail.toggleFollow(HEIGHT)
  engine.print(1, 'out', ...numbered(51, 80))
  await pass()
  expect(seen()).toEqual(numbered(41, 50))
  await tail.toggleFollow(HEIGHT)
  expect(seen()).toEqual(numbered(71, 80))
})

test('shows standard output and standard error together or apart', async () => {
  const { engine, tail, seen, pass, view } = await open(['one'])
  engine.print(1, 'err', 'two')
  await pass()
  expect(seen()).toEqual(['one', 'two'])
  await tail.nextStream()
  expect([view()?.stream, seen()]).toEqual(['out', ['one']])
  await tail.nextStream()
  expect([view()?.stream, seen()]).toEqual(['err', ['two']])
  await tail.nextStream()
  expect([view()?.stream, seen()]).toEqual([undefined, ['one', 'two']])
})

test('keeps at most 5,000 lines of 4 kB, made harmless', async () => {
  const { engine, view, pass } = await open(['\u001b[31mred\u001b]0;x\u0007', 'x'.repeat(100_000)])
  expect(view()?.lines.map(({ text }) => text)).toEqual(['red', 'x'.repeat(4096)])
  for (let turn = 0; turn < 20; turn += 1) {
    engine.print(1, 'out', ...numbered(1, 400))
    await pass()
  }
  expect(view()?.lines).toHaveLength(5000)
})

test('says that there is no log, and stops reading when it is closed', async () => {
  const { engine, tail, errors, pass, clock, view } = await open(['one'])
  engine.logs.delete(1)
  await pass()
  expect(String(errors[0])).toContain('task 1 has no log')
  tail.close()
  const before = view()
  engine.print(1, 'out', 'late')
  clock.advance(10_000)
  await settle()
  expect(view()).toBe(before)
})
