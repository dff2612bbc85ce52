import type { EngineEvent } from '../domain/event.ts'
import type { Overview } from '../domain/query.ts'
import type { Turn } from './turn.ts'

type Listener = (event: EngineEvent) => void
type Unnumbered = EngineEvent extends infer E ? (E extends { seq: number } ? Omit<E, 'seq'> : never) : never

/** Numbers events and hands them to every listener; a listener's first event is a snapshot. */
export interface Publisher {
  publish(event: Unnumbered): void
  subscribe(listener: Listener): () => void
  /** The number of the last event. */
  seq(): number
}

/**
 * The snapshot is made in its own turn, so that no write falls between it and the events that follow it.
 * @param overview makes the snapshot
 */
export function createPublisher(turn: Turn, overview: () => Promise<Overview>): Publisher {
  const listeners = new Set<Listener>()
  let seq = 0
  return {
    seq: () => seq,
    publish(event) {
      seq += 1
      const numbered: EngineEvent = { ...event, seq }
      for (const listener of listeners) {
        try {
          listener(numbered)
        } catch {
          // A client that cannot take an event must not look like a fault of the work; it is not told any more.
          listeners.delete(listener)
        }
      }
    },
    subscribe(listener) {
      let wanted = true
      const deliver: Listener = (event) => {
        if (wanted) listener(event)
      }
      void turn(async () => {
        const snapshot = await overview()
        deliver({ seq: snapshot.seq, type: 'snapshot', overview: snapshot })
        if (wanted) listeners.add(deliver)
      }).catch(() => {
        // A closing store cannot give a snapshot; the listener then hears nothing, as after close().
        wanted = false
      })
      return () => {
        wanted = false
        listeners.delete(deliver)
      }
    },
  }
}
