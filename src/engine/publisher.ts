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
  /** How many listen. */
  listeners(): number
}

/**
 * The snapshot is made in its own turn, so that no write falls between it and the events that follow it.
 * @param makeSnapshot reads the number of the last event first
 */
export function createPublisher(turn: Turn, makeSnapshot: () => Promise<Overview>): Publisher {
  const listeners = new Set<Listener>()
  let seq = 0
  return {
    seq: () => seq,
    listeners: () => listeners.size,
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
      // What is told while the snapshot is made: much of it is published outside the turn.
      let held: EngineEvent[] | null = []
      const deliver: Listener = (event) => {
        if (held) held.push(event)
        else listener(event)
      }
      void turn(async () => {
        if (!wanted) return
        listeners.add(deliver)
        const overview = await makeSnapshot()
        if (!wanted) return
        listener({ seq: overview.seq, type: 'snapshot', overview })
        for (const event of held ?? []) if (wanted && event.seq > overview.seq) listener(event)
        held = null
      }).catch(() => {
        // A closing store cannot give a snapshot; the listener then hears nothing, as after close().
        wanted = false
        listeners.delete(deliver)
      })
      return () => {
        wanted = false
        listeners.delete(deliver)
      }
    },
  }
}
