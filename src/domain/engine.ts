import type { Command, Result } from './command.ts'
import type { EngineEvent } from './event.ts'
import type { Query, View } from './query.ts'

/** The seam: all that the TUI and the commands know of whatever does the work. */
export interface Engine {
  /** @throws ZafraError `conflict`, `not_found`, `lists`, `storage` */
  execute<C extends Command>(command: C): Promise<Result<C>>
  /** @throws ZafraError `not_found` */
  query<Q extends Query>(query: Q): Promise<View<Q>>
  /** The listener first hears a snapshot, then every change. The returned function ends it. */
  subscribe(listener: (event: EngineEvent) => void): () => void
  /** Stops what runs (those attempts are `interrupted`) and lets go of everything. */
  close(): Promise<void>
}
