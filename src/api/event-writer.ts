import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import type { EngineEvent } from '../domain/event.ts'
import { frameOf, HEARTBEAT, HEARTBEAT_MS, leftOutFrame } from './event-frames.ts'

/** Bytes that may wait for a client: above the first `progress` is left out, above the second it is cut off. */
const BUSY = 64 * 1024
const FULL = 1024 * 1024

/** The way to one client: what it has not taken yet waits in our memory. */
export interface Wire {
  write(text: string): unknown
  /** Bytes that wait. */
  readonly writableLength: number
  end(): unknown
  destroy(): unknown
}

/**
 * Tells a client what `engine` tells until the returned function is called. Never waits for the client: one that
 * does not keep up first misses `progress`, and is cut off when too much waits for it.
 */
export function writeEvents(engine: Engine, wire: Wire, clock: Clock): () => void {
  let leftOut = { seq: 0, count: 0 }
  const hear = (event: EngineEvent) => {
    if (event.type === 'progress' && wire.writableLength > BUSY) {
      leftOut = { seq: event.seq, count: leftOut.count + 1 }
      return
    }
    if (leftOut.count > 0) wire.write(leftOutFrame(leftOut.seq, leftOut.count))
    leftOut = { seq: 0, count: 0 }
    wire.write(frameOf(event))
    if (wire.writableLength <= FULL) return
    stop()
    wire.destroy()
  }
  const beat = () => {
    wire.write(HEARTBEAT)
    stopBeat = clock.after(HEARTBEAT_MS, beat)
  }
  let stopBeat = clock.after(HEARTBEAT_MS, beat)
  const unsubscribe = engine.subscribe(hear)
  const stop = () => {
    unsubscribe()
    stopBeat()
  }
  return stop
}
