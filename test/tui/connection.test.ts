import { describe, expect, test } from 'vitest'
import { batchView, busyOverview } from '../support/overview.ts'
import type { ScriptedEngine } from '../support/scripted-engine.ts'
import { inkLines } from '../support/ink-lines.tsx'
import { openSession } from '../support/tui-session.ts'
import { createTheme } from '../../src/tui/theme.ts'

const GONE = 'no engine listens on \u001b[2J/srv/harvest/.zafra/engine.sock'

function attached() {
  const overview = busyOverview()
  overview.engine.closing_stops_work = false
  return overview
}

function lose(engine: ScriptedEngine, tries: number, retry_s: number): void {
  engine.tell({ type: 'connection', connected: false, message: GONE, tries, retry_s })
}

async function lost(size?: { columns: number; rows: number }) {
  const opened = await openSession(attached(), size)
  lose(opened.engine, 5, 2.3)
  return opened
}

describe('when the way to the engine is lost', () => {
  test('the header counts the seconds to the next try, and the lower edge says why', async () => {
    const { engine, screen, pass } = await lost()
    expect(screen()).toContain(' connection lost, retry in 3 s ─╮')
    expect(screen()).toContain('no engine listens on /srv/harvest/.zafra/engine.sock; this is the last')
    await pass(300)
    expect(screen()).toContain('connection lost, retry in 2 s')
    await pass(2000)
    expect(screen()).toContain('connection lost, trying again')
    lose(engine, 6, 10)
    expect(screen()).toContain('connection lost, retry in 10 s')
  })

  test.each([
    { columns: 60, rows: 15 },
    { columns: 200, rows: 60 },
  ])('that is seen at %j', async (size) => {
    const { screen } = await lost(size)
    expect(screen()).toContain('connection lost, retry in 3 s')
  })

  test('what was heard last stays, in grey and as it was', async () => {
    const opened = await openSession(attached())
    const before = opened.lines()
    lose(opened.engine, 1, 5)
    await opened.pass(4000)
    expect(opened.lines().slice(1, -2)).toEqual(before.slice(1, -2))
    const colours = createTheme({ color: 16, ascii: false })
    const seen = inkLines(opened.session.state, colours).slice(1, -2).join('')
    expect(seen).toContain('running')
    // Faint, and inverse for what is selected.
    expect(new Set(seen.match(/\u001b\[\d+m/g))).toEqual(
      new Set(['2', '22', '7', '27'].map((n) => `\u001b[${n}m`)),
    )
  })

  test('keys that act say why they cannot, also in the help and the palette, and tell the engine nothing', async () => {
    const { engine, press, type, screen, overlay } = await lost()
    for (const key of ['r', 'R', 'c', 'p', 'P', 'u', 'b', 'd']) {
      await press(key)
      expect(screen()).toContain('the engine cannot be reached; what is shown is the last')
    }
    await press('2', 'r')
    expect(screen()).toContain('the engine cannot be reached')
    await press('1', '?')
    // The help wraps what is long.
    expect(overlay().replaceAll(/[│\s]+/g, ' ')).toMatch(/or go on there \(the engine cannot be reached/)
    await press('esc', ':')
    await type('backup')
    expect(screen()).toMatch(/backup .* \(the engine cannot be reached/)
    await press('enter')
    expect(screen()).toContain('the engine cannot be reached')
    expect(engine.commands).toEqual([])
  })

  test('what was asked before it was lost is not done after', async () => {
    const { engine, press, screen } = await openSession(attached())
    await press('c')
    lose(engine, 1, 5)
    await press('y')
    expect(screen()).toContain('the engine cannot be reached')
    expect(engine.commands).toEqual([])
  })

  test('nothing is asked until it is there again, then all is as before', async () => {
    const { engine, press, pass, screen } = await lost()
    await press('2', 'r')
    expect(screen()).toContain('cannot be reached')
    const asked = engine.queries.length
    await pass(30_000)
    expect(engine.queries).toHaveLength(asked)
    engine.overview = { ...attached(), batch: batchView({ status: 'completed' }), running: [] }
    engine.tell({ type: 'connection', connected: true, message: 'there again', tries: 0, retry_s: 0 })
    engine.tell({ type: 'snapshot', overview: engine.overview })
    await pass()
    expect(engine.queries.length).toBeGreaterThan(asked)
    expect(screen()).not.toContain('cannot be reached')
    await press('1')
    expect(screen()).toContain('✓ completed')
    expect(screen()).not.toContain('connection lost')
    await press('P')
    expect(engine.commands).toEqual([{ type: 'pause' }])
  })

  test('nothing ticks once the session has ended', async () => {
    const { session, pass, screen } = await lost()
    session.end()
    await pass(5000)
    expect(screen()).toContain('retry in 3 s')
  })
})

describe('leaving an engine of another process', () => {
  test.each([
    ['in the midst of work', () => {}],
    ['that cannot be reached', (engine: ScriptedEngine) => lose(engine, 1, 5)],
  ])('asks nothing: %s', async (_, meanwhile) => {
    const { engine, press, left } = await openSession(attached())
    meanwhile(engine)
    await press('q')
    expect(left).toEqual([{ why: 'quit', exit_code: 0 }])
    expect(engine.commands).toEqual([])
  })
})
