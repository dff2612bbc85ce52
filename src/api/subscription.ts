import type { Clock, Random } from '../domain/clock.ts'
import { reason } from '../domain/error.ts'
import type { EngineEvent } from '../domain/event.ts'
import { readFrames, type Frame } from './event-reader.ts'
import { answerOf, send } from './wire.ts'

/** Milliseconds until the first new try, and the most that lie between two. */
const FIRST_TRY = 250
const LONGEST_WAIT = 10_000

export interface SubscriptionParts {
  socket: string
  clock: Clock
  random: Random
}

/**
 * Tells `hear` what the engine behind the socket tells, until the returned function is called: first a snapshot. When
 * the way to the engine is lost, or an event is missing, it says so, tries again and again (saying when), and goes on
 * with a new snapshot.
 */
export function subscribe(
  { socket, clock, random }: SubscriptionParts,
  hear: (event: EngineEvent) => void,
): () => void {
  let last = 0
  let connected = true
  let tries = 0
  let stopTimer = () => {}
  let way = new AbortController()

  const tell = (event: EngineEvent) => {
    last = event.seq
    hear(event)
  }
  const lose = (from: AbortController, why: string) => {
    if (from.signal.aborted) return
    from.abort()
    connected = false
    const wait = backoff(tries++, random)
    stopTimer()
    stopTimer = clock.after(wait, () => void connect())
    tell({ seq: last, type: 'connection', connected, message: why, tries, retry_s: wait / 1000 })
  }
  const take = (from: AbortController, { id, event, data }: Frame) => {
    if (from.signal.aborted) return
    if (event !== 'snapshot' && event !== 'left_out' && id !== last + 1)
      return lose(from, 'an event is missing')
    if (event === 'left_out') {
      last = id
      return
    }
    if (event === 'snapshot') {
      tries = 0
      if (!connected) {
        connected = true
        const message = 'the engine is there again'
        tell({ seq: last, type: 'connection', connected, message, tries, retry_s: 0 })
      }
    }
    tell(JSON.parse(data) as EngineEvent)
  }
  const connect = async () => {
    const mine = (way = new AbortController())
    try {
      const response = await send(socket, { method: 'GET', path: '/events' }, mine.signal)
      if (response.statusCode !== 200) await answerOf(socket, response)
      readFrames(
        response,
        clock,
        (frame) => take(mine, frame),
        (why) => lose(mine, why),
      )
    } catch (error) {
      lose(mine, reason(error))
    }
  }
  void connect()
  return () => {
    way.abort()
    stopTimer()
  }
}

/** Twice as long each time, somewhere in its upper half so that many do not come back in step. */
function backoff(tries: number, random: Random): number {
  return Math.min(FIRST_TRY * 2 ** tries, LONGEST_WAIT) * (0.5 + random() / 2)
}
