import type { Query, Overview } from '../domain/query.ts'

/** The overview as a client in another process sees it: closing that client stops nothing. */
export function elsewhere(overview: Overview): Overview {
  return { ...overview, engine: { ...overview.engine, closing_stops_work: false } }
}

/** What is answered to a client in another process. */
export function answered(query: Query, view: unknown): unknown {
  return query.type === 'overview' ? elsewhere(view as Overview) : view
}
