import { validateDetailed } from 'node-cron'

/** What is wrong with a cron expression (five fields, or six with seconds first), for the person; undefined: nothing. */
export function cronProblem(expression: string): string | undefined {
  const { errors } = validateDetailed(expression)
  return errors.length === 0
    ? undefined
    : errors.map(({ field, message }) => `${field}: ${message}`).join('; ')
}
