import { Registry } from 'prom-client'
import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import { createCounts } from './metrics-counts.ts'
import { createStanding } from './metrics-standing.ts'
import { createWrites } from './metrics-writes.ts'

/** The engine's figures for Prometheus. */
export interface Metrics {
  /** Of the text. */
  readonly contentType: string
  /** In the text format; costs as much as there are sites, whatever the batch. @throws what the engine's queries throw */
  text(): Promise<string>
  close(): void
}

/** Counts what the engine says from now on; what stands is asked for at each scrape. */
export function createMetrics({
  engine,
  version,
  clock,
}: {
  engine: Engine
  version: string
  clock: Clock
}): Metrics {
  const registry = new Registry()
  const counts = createCounts(registry, clock)
  const standing = createStanding(registry, version)
  const stopWrites = createWrites(registry)
  const unsubscribe = engine.subscribe((event) => counts.hear(event))
  let scraping: Promise<string> | undefined

  async function scrape(): Promise<string> {
    const overview = await engine.query({ type: 'overview' })
    const system = await engine.query({ type: 'system' })
    standing.set(overview, system)
    return registry.metrics()
  }

  return {
    contentType: registry.contentType,
    // Two at once would clear each other's figures.
    text: () => (scraping ??= scrape().finally(() => (scraping = undefined))),
    close() {
      unsubscribe()
      stopWrites()
    },
  }
}
