import type { EngineEvent } from '../domain/event.ts'
import { elsewhere } from './elsewhere.ts'

/** Said while nothing happens, so that a dead link is noticed. Milliseconds. */
export const HEARTBEAT_MS = 15_000
/** Silence for longer than this means that the link is dead. */
export const SILENCE_MS = 3 * HEARTBEAT_MS

/** An SSE comment: heard by the connection and by nobody else. */
export const HEARTBEAT = ':\n\n'

/** Every client of an engine is told the same event object, which need be written down only once. */
const written = new WeakMap<EngineEvent, string>()

/** One event as server-sent events write it: `id` is its number, `event` its type, `data` the whole as JSON. */
export function frameOf(event: EngineEvent): string {
  const known = written.get(event)
  if (known !== undefined) return known
  const told = event.type === 'snapshot' ? { ...event, overview: elsewhere(event.overview) } : event
  const frame = `id: ${event.seq}\nevent: ${event.type}\ndata: ${JSON.stringify(told)}\n\n`
  written.set(event, frame)
  return frame
}

/** Says that `count` events were left out, up to and including number `seq`: that is no gap. */
export function leftOutFrame(seq: number, count: number): string {
  return `id: ${seq}\nevent: left_out\ndata: ${count}\n\n`
}
