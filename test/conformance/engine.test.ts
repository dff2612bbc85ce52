import { RESULTS } from '../../src/api/answers/command.ts'
import { event as anyEvent } from '../../src/api/answers/event.ts'
import { VIEWS } from '../../src/api/answers/index.ts'
import { STATS } from '../../src/api/answers/stats.ts'
import type { Engine } from '../../src/domain/engine.ts'
import { openApi } from '../support/api.ts'
import { engineConformance } from './engine.ts'

engineConformance('the engine in this process', async ({ engine }) => ({ engine, close: async () => {} }))

engineConformance('the client of an engine behind a socket', async (bench) => {
  const api = await openApi(bench.engine)
  const engine = await api.connect()
  return {
    engine: asDescribed(engine),
    async close() {
      await engine.close()
      await api.close()
    },
  }
})

/** What comes over the socket is what the OpenAPI document says of it, with no field more. */
function asDescribed(engine: Engine): Engine {
  return {
    ...engine,
    async execute(command) {
      const result = await engine.execute(command)
      RESULTS[command.type].parse(result)
      return result
    },
    async query(query) {
      const view = await engine.query(query)
      const schema = query.type === 'stats' ? STATS[query.of] : VIEWS[query.type]
      schema.parse(view)
      return view
    },
    subscribe: (listener) =>
      engine.subscribe((event) => {
        if (event.type !== 'connection') anyEvent.parse(event)
        listener(event)
      }),
  }
}
