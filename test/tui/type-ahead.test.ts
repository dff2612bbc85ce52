import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Task } from '../../src/domain/task.ts'
import { paste, press } from '../../src/tui/press.ts'
import { busyOverview } from '../support/overview.ts'
import { task } from '../support/task.ts'
import { openSession } from '../support/tui-session.ts'

/** A filter being typed. */
const LAM = ['/', 'l', 'a', 'm']
const STATUSES = ['completed', 'permanently_failed', 'cancelled'] as const

function tasks(total: number): Task[] {
  return Array.from({ length: total }, (_, index) =>
    task({
      id: index + 1,
      website: ['CyT', 'Inm24', 'Lam'][index % 3] ?? '',
      status: STATUSES[index % STATUSES.length] ?? 'pending',
      attempts: 1,
    }),
  )
}

async function open(total = 300) {
  const opened = await openSession(busyOverview())
  opened.engine.tasks = tasks(total)
  return opened
}

/** What is typed before the engine answers, which it does not do meanwhile. */
async function silent(...keys: string[]) {
  const opened = await open()
  const query = opened.engine.query.bind(opened.engine)
  opened.engine.query = () => new Promise(() => {})
  void press(opened.session, ...keys)
  return {
    ...opened,
    answerAgain: () => {
      opened.engine.query = query
    },
  }
}

describe('what is typed ahead of the engine', () => {
  test.each([
    ['the end of a list', ['2', 'G', 'r'], [300]],
    ['a row of what a filter leaves', ['2', ...LAM, 'enter', 'j', 'r'], [6]],
    ['a row after another order', ['2', 'I', 'I', 'g', 'r'], [300]],
    ['marks of all that a filter leaves', ['2', ...LAM, 'enter', '*', 'esc', 'r'], [3]],
  ])('acts on %s', async (_, keys, ids) => {
    const { engine, session, rest } = await open()
    void press(session, ...keys)
    for (let turn = 0; turn < 4; turn += 1) await rest()
    expect(engine.commands).toEqual([{ type: 'retry', filter: { ids } }])
  })

  test('waits for the first answer of all', async () => {
    const { engine, session, pass } = await open()
    session.set({ shown: null })
    void press(session, 'j', 'p')
    expect(engine.commands).toEqual([])
    engine.tell({ type: 'engine' })
    await pass()
    expect(engine.commands).toEqual([{ type: 'pause', site: 'CyT' }])
  })

  test('keeps its place among the keys where it is pasted', async () => {
    const { engine, session, screen, pass, rest } = await open()
    session.set({ shown: null })
    void press(session, '2', '/')
    void paste(session, 'site:Lam')
    engine.tell({ type: 'engine' })
    await pass()
    await rest()
    expect(screen()).toContain(' /site:Lam▏')
    expect(screen()).toContain('1 of 100')
  })

  test('waits for a question, so that its answer is none to another', async () => {
    const { engine, session, rest } = await open()
    void press(session, '2', 'R', 'y')
    await rest()
    await rest()
    expect(engine.commands).toMatchObject([{ type: 'retry', filter: { batch: 'Sep26_01' } }])
  })

  test('does what it would do if it were typed slowly', async () => {
    const keys = fc.constantFrom(
      ...Array.from('23jkgG/*vlamrRIWy1 '),
      'enter',
      'esc',
      'tab',
      'pgdn',
      'ctrl-u',
      'up',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(keys, { maxLength: 12 }), async (typed) => {
        const slow = await open()
        for (const key of typed) {
          await press(slow.session, key)
          await slow.rest()
        }
        const ahead = await open()
        await press(ahead.session, ...typed)
        await ahead.rest()
        expect(outcome(ahead)).toEqual(outcome(slow))
      }),
      { numRuns: 40 },
    )
  })
})

function outcome({ session, engine }: Awaited<ReturnType<typeof open>>) {
  const { trail, lists, dialog, prompt, dashboard } = session.state
  const { cursor, marks, search, sort, anchor, total } = lists.tasks
  const asked = dialog?.kind === 'question' ? dialog.title : dialog?.kind
  const list = { cursor, marks: [...marks], search, sort, anchor, total }
  return { trail, list, asked, prompt, dashboard, commands: engine.commands }
}

describe('a question whose answer destroys', () => {
  test.each([
    ['c', 'y'],
    ['d', 'y'],
    ['q', 's'],
    ['ctrl-z', 'z'],
  ])('%s is not answered by what was typed before it was seen', async (key, answer) => {
    const { engine, session, press: typed, left, suspended } = await open()
    await press(session, key, answer)
    expect([engine.commands, left, suspended()]).toEqual([[], [], 0])
    expect(session.state.dialog).toMatchObject({ kind: 'question' })
    await typed(answer)
    expect(engine.commands.length + left.length + suspended()).toBe(1)
  })
})

describe('without an answer', () => {
  test('a lost connection ends the wait, and nothing is done', async () => {
    const { engine, screen, pass } = await silent('2', 'G', 'r', '1')
    engine.tell({ type: 'connection', connected: false, message: 'gone', tries: 1, retry_s: 4 })
    await pass(0)
    expect(screen()).toContain('[1 Dashboard]')
    expect(engine.commands).toEqual([])
  })

  test('what waits too long is dropped, which is said, and keys act again', async () => {
    const { session, screen, pass, answerAgain, rest, press: typed } = await silent('2', 'G', 'r', '1')
    await pass(2900)
    expect(screen()).toContain('[2 Tasks]')
    await pass(200)
    expect(screen()).toContain('no answer from the engine yet; what was typed ahead of it is dropped')
    await typed('q')
    expect(session.state.dialog).toMatchObject({ title: 'Quit' })
    answerAgain()
    await typed('esc', '3', '2')
    await rest()
    expect(screen()).toContain('[2 Tasks]')
  })

  test('the end of the session leaves nothing waiting', async () => {
    const { engine, session, pass, timers } = await silent('2', 'G', 'r')
    session.end()
    await pass(0)
    expect(timers()).toBe(0)
    expect(engine.commands).toEqual([])
  })

  test('keys that are about no row do not wait, and Ctrl-C for nobody', async () => {
    const { session, screen } = await silent('2', '1')
    expect(screen()).toContain('[1 Dashboard]')
    void press(session, '2', 'G', '1')
    expect(screen()).toContain('[2 Tasks]')
    await press(session, 'ctrl-c')
    expect(session.state.dialog).toMatchObject({ title: 'Quit' })
    expect(session.state.trail).toEqual(['tasks'])
  })
})
