import { openApi } from '../support/api.ts'
import { engineConformance } from './engine.ts'

engineConformance('the engine in this process', async ({ engine }) => ({ engine, close: async () => {} }))

engineConformance('the client of an engine behind a socket', async (bench) => {
  const api = await openApi(bench.engine)
  const engine = await api.connect()
  return {
    engine,
    async close() {
      await engine.close()
      await api.close()
    },
  }
})
