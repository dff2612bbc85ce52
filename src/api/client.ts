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
 * The engine of another process. Closing it ends the connection and nothing else.
 * @throws ZafraError `no_engine` where nobody listens, `closing` where the engine is on its way out
 */
export async function connectEngine(parts: ClientParts): Promise<Engine> {
  const { socket, clock } = parts
  const closed = new AbortController()
  const subscriptions = new Set<() => void>()

  const ask = async (request: ApiRequest, patience: number): Promise<unknown> => {
    if (closed.signal.aborted) throw new ZafraError('closing', 'this connection to the engine is closed')
    const late = new AbortController()
    const stop =
      patience === Infinity ? () => {} : clock.after(patience, () => late.abort(new Error('no answer came')))
    try {
      const signal = AbortSignal.any([closed.signal, late.signal])
      return await answerOf(socket, await send(socket, request, signal))
    } finally {
      stop()
    }
  }
  await ask({ method: 'GET', path: '/healthz' }, PATIENCE_MS)
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
