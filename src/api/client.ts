import type { Clock, Random } from '../domain/clock.ts'
import type { Command, Result } from '../domain/command.ts'
import type { Engine } from '../domain/engine.ts'
import { ZafraError } from '../domain/error.ts'
import type { Query, View } from '../domain/query.ts'
import { commandRequest, queryRequest, type ApiRequest } from './request.ts'
import { subscribe } from './subscription.ts'
import { answerOf, send } from './wire.ts'

/** How long a question may go unanswered; a command takes as long as it takes. */
const PATIENCE_MS = 30_000

export interface ClientParts {
  /** Path of the socket that the engine's process listens on. */
  socket: string
  clock: Clock
  random: Random
}

/**
 * The engine of another process, once it has answered. Closing it ends the connection and nothing else.
 * @throws ZafraError `no_engine` where nobody listens, `closing` where the engine is on its way out
 */
export async function connectEngine(parts: ClientParts): Promise<Engine> {
  const engine = engineBehind(parts)
  await createAsk(parts, new AbortController().signal)({ method: 'GET', path: '/healthz' }, PATIENCE_MS)
  return engine
}

/** The same, unasked: whether somebody listens is told by the first question, which throws as `connectEngine` does. */
export function engineBehind(parts: ClientParts): Engine {
  const closed = new AbortController()
  const subscriptions = new Set<() => void>()
  const ask = createAsk(parts, closed.signal)
  return {
    execute: async <C extends Command>(command: C) =>
      (await ask(commandRequest(command), Infinity)) as Result<C>,
    query: async <Q extends Query>(query: Q) => (await ask(queryRequest(query), PATIENCE_MS)) as View<Q>,
    subscribe(listener) {
      const unsubscribe = subscribe(parts, listener)
      subscriptions.add(unsubscribe)
      return () => {
        subscriptions.delete(unsubscribe)
        unsubscribe()
      }
    },
    async close() {
      closed.abort()
      for (const unsubscribe of subscriptions) unsubscribe()
    },
  }
}

type Ask = (request: ApiRequest, patience: number) => Promise<unknown>

function createAsk({ socket, clock }: ClientParts, closed: AbortSignal): Ask {
  return async (request, patience) => {
    if (closed.aborted) throw new ZafraError('closing', 'this connection to the engine is closed')
    const late = new AbortController()
    const stop =
      patience === Infinity ? () => {} : clock.after(patience, () => late.abort(new Error('no answer came')))
    try {
      return await answerOf(socket, await send(socket, request, AbortSignal.any([closed, late.signal])))
    } finally {
      stop()
    }
  }
}
