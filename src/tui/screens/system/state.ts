import type { SystemView } from '../../../domain/system.ts'

export interface SystemState {
  /** Null until the engine has answered. */
  view: SystemView | null
  /** When it answered. */
  now: Date
  /** The first line on the screen. */
  from: number
}

export function initialSystem(): SystemState {
  return { view: null, now: new Date(0), from: 0 }
}
