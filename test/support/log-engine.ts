import type { LogReader } from '../../src/domain/logs.ts'
import type { Overview, Query, View } from '../../src/domain/query.ts'
import { createLogReader } from '../../src/runner/index.ts'
import { ScriptedEngine } from './scripted-engine.ts'

/** A scripted engine whose tasks all have one log, which is a real file. */
export class LogEngine extends ScriptedEngine {
  private readonly path: string
  private readonly reader: LogReader = createLogReader()

  constructor(overview: Overview, path: string) {
    super(overview)
    this.path = path
  }

  override async query<Q extends Query>(query: Q): Promise<View<Q>> {
    if (query.type === 'log' || query.type === 'log_matches') {
      this.queries.push(query)
      this.asked.now += 1
      try {
        const answer =
          query.type === 'log'
            ? await this.reader.read(this.path, query)
            : await this.reader.find(this.path, query)
        return { ...answer, attempt: 1 } as View<Q>
      } finally {
        this.asked.now -= 1
      }
    }
    return super.query(query)
  }
}
