import { isUnreachable } from './attach.ts'
import type { Reader } from './open-engine.ts'

/** Answers from an engine of another process while that is there, and from then on from what `open` gives. */
export function lastingReader(engine: Reader, open: () => Promise<Reader>): Reader {
  let reader: Promise<Reader> | undefined
  return {
    async query(query) {
      if (reader) return (await reader).query(query)
      try {
        return await engine.query(query)
      } catch (error) {
        if (!isUnreachable(error)) throw error
        return (await (reader ??= open())).query(query)
      }
    },
    async close() {
      await engine.close()
      await (await reader)?.close()
    },
  }
}
