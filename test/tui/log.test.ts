import { expect, test } from 'vitest'
import { task } from '../support/task.ts'
import { attempt } from '../support/attempt.ts'
import { HEIGHT, numbered, openTail } from '../support/log-tail.ts'
import { overview } from '../support/overview.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'

function engineWith(...lines: string[]) {
  const engine = new ScriptedEngine(overview())
  engine.print(1, 'out', ...lines)
  return engine
}

const open = (lines: string[]) => openTail(engineWith(...lines))

test('opens at the end and follows what comes', async () => {
  const { engine, seen, pass } = await open(numbered(1, 700))
  expect(seen()).toEqual(numbered(691, 700))
  engine.print(1, 'out', 'line 701')
  await pass()
  expect(seen()).toEqual(numbered(692, 701))
})

test('keeps its place while scrolled back, however much is written', async () => {
  const { engine, tail, seen, pass } = await open(numbered(1, 700))
  await tail.scroll(-20)
  expect(seen()).toEqual(numbered(671, 680))
  engine.print(1, 'out', ...numbered(701, 9000))
  await pass()
  expect(seen()).toEqual(numbered(671, 680))
})

test('a flood is followed by its newest lines, without reading all of it', async () => {
  const { engine, seen, pass, view } = await open(numbered(1, 10))
  for (let turn = 1; turn <= 5; turn += 1) {
    engine.print(1, 'out', ...numbered(turn * 5000, turn * 5000 + 4999))
    const before = engine.queries.length
    await pass()
    expect(seen().at(-1)).toBe(`line ${turn * 5000 + 4999}`)
    expect(engine.queries.length - before).toBeLessThanOrEqual(2)
  }
  expect(view().lines.length).toBeLessThanOrEqual(5000)
})

test('scrolls back to the first line and on to the last without a gap', async () => {
  const { tail, seen, view } = await open(numbered(1, 7000))
  const walked: string[] = []
  while (seen()[0] !== 'line 1') {
    await tail.scroll(-HEIGHT)
    walked.unshift(...seen())
  }
  expect(walked).toEqual(numbered(1, 6990))
  expect(view().lines.length).toBeLessThanOrEqual(5000)
  const back: string[] = seen()
  while (seen().at(-1) !== 'line 7000') {
    await tail.scroll(HEIGHT)
    back.push(...seen())
  }
  expect(back).toEqual(numbered(1, 7000))
})

test('goes to both ends at once', async () => {
  const { tail, seen, view } = await open(numbered(1, 7000))
  await tail.goTo('start')
  expect([seen(), view().following]).toEqual([numbered(1, 10), false])
  await tail.goTo('end')
  expect([seen(), view().following]).toEqual([numbered(6991, 7000), true])
})

test('stops following where it is and goes on at the end', async () => {
  const { engine, tail, seen, pass } = await open(numbered(1, 50))
  await tail.toggleFollow()
  engine.print(1, 'out', ...numbered(51, 80))
  await pass()
  expect(seen()).toEqual(numbered(41, 50))
  await tail.toggleFollow()
  expect(seen()).toEqual(numbered(71, 80))
})

test('shows standard output and standard error together in order, or apart, from the same place on', async () => {
  const engine = engineWith()
  for (const line of numbered(1, 600)) engine.print(1, line.endsWith('0') ? 'err' : 'out', line)
  const { tail, seen, view } = await openTail(engine)
  await tail.scroll(-95)
  expect(seen()[0]).toBe('line 496')
  await tail.choose({ stream: 'err' })
  expect([view().choice.stream, seen()]).toEqual(['err', numbered(50, 59).map((line) => `${line}0`)])
  await tail.choose({ stream: undefined })
  expect(seen()).toEqual(numbered(500, 509))
})

test('errors only: standard error, and what is told at that level', async () => {
  const engine = engineWith(...numbered(1, 3000))
  engine.print(1, 'err', 'Traceback')
  engine.print(1, 'out', JSON.stringify({ scraper: 1, type: 'log', level: 'error', message: 'sin página' }))
  engine.print(1, 'out', JSON.stringify({ scraper: 1, type: 'error', class: 'blocked', message: '403' }))
  engine.print(1, 'out', JSON.stringify({ scraper: 1, type: 'log', level: 'info', message: 'nothing' }))
  engine.print(1, 'out', ...numbered(3001, 6000))
  const { tail, seen, pass } = await openTail(engine)
  await tail.choose({ errors: true })
  expect(seen()).toEqual(['Traceback', 'sin página', 'blocked: 403'])
  engine.print(1, 'out', ...numbered(6001, 8000))
  engine.print(1, 'err', 'the last')
  await pass()
  expect(seen()).toEqual(['Traceback', 'sin página', 'blocked: 403', 'the last'])
})

test('a long way is left as soon as a key asks for another', async () => {
  const engine = engineWith(...numbered(1, 60_000))
  const { tail, rest, seen } = await openTail(engine)
  const away = tail.choose({ stream: 'err' })
  const back = tail.choose({ stream: undefined })
  await Promise.all([away, back])
  await rest()
  expect(seen()).toEqual(numbered(59_991, 60_000))
  expect(engine.queries.filter(({ type }) => type === 'log').length).toBeLessThan(10)
})

test('wraps long lines and scrolls through their rows', async () => {
  const long = Array.from({ length: 40 }, (_, index) => `${String(index).padStart(4, '0')}${'·'.repeat(42)}`)
  const { tail, rows, seen } = await open(['first', long.join(''), 'last'])
  expect(rows()).toHaveLength(3)
  await tail.dress({ wrap: true })
  expect(seen().slice(0, 2)).toEqual([long[31], long[32]].map((row) => row))
  await tail.scroll(-HEIGHT)
  expect(seen()[0]).toBe(long[21])
  await tail.scroll(-100)
  expect(seen()[0]).toBe('first')
  await tail.dress({ wrap: false })
  expect(rows()).toHaveLength(3)
})

test('keeps at most 5,000 lines of 4 kB, made harmless', async () => {
  const { engine, view, pass } = await open(['\u001b[31mred\u001b]0;x\u0007', 'x'.repeat(100_000)])
  expect(view().lines.map(({ text }) => text)).toEqual(['red', 'x'.repeat(4096)])
  for (let turn = 0; turn < 20; turn += 1) {
    engine.print(1, 'out', ...numbered(1, 400))
    await pass()
  }
  expect(view().lines).toHaveLength(5000)
})

test('what the JSON of a message had escaped does not come back as a control', async () => {
  const { seen } = await open(['{"scraper":1,"type":"log","message":"a\\u001b]0;x\\u0007b\\u202ec"}'])
  expect(seen()).toEqual(['abc'])
})

test('opens at the last line that tells of an error, and marks it', async () => {
  const engine = engineWith(...numbered(1, 2000))
  engine.print(1, 'out', JSON.stringify({ scraper: 1, type: 'error', class: 'blocked', message: '403' }))
  engine.print(1, 'err', 'warning: closing')
  engine.print(1, 'out', ...numbered(2001, 4000))
  const { seen, rows, view } = await openTail(engine, { at: 'error' })
  expect(seen()[3]).toBe('blocked: 403')
  expect(rows()[3]).toMatch(/^▸/)
  expect(view().following).toBe(false)
})

test('opens at the last line of standard error where no error is told, else at the end', async () => {
  const engine = engineWith(...numbered(1, 100))
  engine.print(1, 'err', 'Traceback')
  engine.print(1, 'out', ...numbered(101, 200))
  expect((await openTail(engine, { at: 'error' })).seen()[3]).toBe('Traceback')
  expect((await openTail(engineWith(...numbered(1, 200)), { at: 'error' })).seen()).toEqual(
    numbered(191, 200),
  )
})

test('goes through the attempts', async () => {
  const engine = engineWith('second')
  engine.answers.task = {
    task: task(),
    attempts: [attempt({ number: 1, outcome: 'failed' }), attempt({ number: 2 })],
    running: null,
    names: { website: 'CyT', city: 'Gdl', operation: 'Ven', product: 'Dep' },
  }
  engine.earlierLogs.set('1/1', [
    { offset: 0, at: '2026-09-01T08:00:00.000Z', stream: 'out', text: 'first', continued: false },
  ])
  const { tail, seen, view, errors } = await openTail(engine)
  expect([seen(), view().attempt, view().attempts]).toEqual([['second'], 2, 2])
  await tail.openAttempt(1)
  expect([seen(), view().attempt, view().ended]).toEqual([['first'], 1, true])
  await tail.openAttempt(3)
  expect([seen(), view().attempt, errors.length]).toEqual([['first'], 1, 1])
})

test('says that there is no log, and stops reading when it is closed', async () => {
  const { engine, tail, errors, pass, clock, view, rest } = await open(['one'])
  engine.logs.delete(1)
  await pass()
  expect(String(errors[0])).toContain('task 1 has no log')
  tail.close()
  const before = view()
  engine.print(1, 'out', 'late')
  clock.advance(10_000)
  await rest()
  expect(view()).toBe(before)
})
