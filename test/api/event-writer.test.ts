import { expect, test } from 'vitest'
import { writeEvents, type Wire } from '../../src/api/event-writer.ts'
import { frameSplitter, type Frame } from '../../src/api/event-reader.ts'
import { testClock } from '../support/clock.ts'
import { busyOverview, runningTask } from '../support/overview.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'

/** A client that takes nothing until it is told to. */
class StuckWire implements Wire {
  text = ''
  writableLength = 0
  cut = false
  write(text: string) {
    this.text += text
    this.writableLength += text.length
  }
  end() {}
  destroy() {
    this.cut = true
  }
  frames(): Frame[] {
    const frames: Frame[] = []
    frameSplitter((frame) => frames.push(frame))(this.text)
    return frames
  }
}

function setUp() {
  const engine = new ScriptedEngine(busyOverview())
  const clock = testClock()
  const wire = new StuckWire()
  const stop = writeEvents(engine, wire, clock)
  return { engine, clock, wire, stop }
}

const progress = { type: 'progress', running: runningTask(1) } as const

test('a client that does not keep up misses progress alone, and is told how much of it', () => {
  const { engine, wire, stop } = setUp()
  wire.writableLength = 65 * 1024
  for (let at = 0; at < 5; at++) engine.tell(progress)
  engine.tell({ type: 'engine' })
  wire.writableLength = 0
  engine.tell(progress)
  const [, ...frames] = wire.frames()
  expect(frames.map(({ id, event }) => ({ id, event }))).toEqual([
    { id: 5, event: 'left_out' },
    { id: 6, event: 'engine' },
    { id: 7, event: 'progress' },
  ])
  expect(frames[0]?.data).toBe('5')
  expect(wire.cut).toBe(false)
  stop()
  expect(engine.clients).toBe(0)
})

test('one for whom too much waits is cut off, and what waits stays bounded', () => {
  const { engine, wire } = setUp()
  for (let at = 0; at < 100_000 && !wire.cut; at++) engine.tell({ type: 'engine' })
  expect(wire.cut).toBe(true)
  expect(wire.text.length).toBeLessThan(1024 * 1024 + 1024)
  expect(engine.clients).toBe(0)
})

test('while nothing happens it beats, until it is stopped', () => {
  const { clock, wire, stop } = setUp()
  const before = wire.text
  clock.advance(15_000)
  clock.advance(15_000)
  expect(wire.text).toBe(`${before}:\n\n:\n\n`)
  stop()
  clock.advance(60_000)
  expect(wire.text).toBe(`${before}:\n\n:\n\n`)
})
