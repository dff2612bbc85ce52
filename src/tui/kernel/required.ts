import { ZafraError } from '../../domain/error.ts'

/** What a component has from the one around it. */
export function required<T>(value: T | null, what: string): T {
  if (value !== null) return value
  throw new ZafraError('internal', `A component needs the ${what} of a screen around it. Draw it inside Ui.`)
}
