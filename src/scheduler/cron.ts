import { validateDetailed } from 'node-cron'

/** What is wrong with a cron expression (five fields, or six with seconds first) or its time zone, for the person; undefined: nothing. */
export function cronProblem(expression: string, time_zone?: string): string | undefined {
  const { errors } = validateDetailed(expression)
  if (errors.length > 0) return errors.map(({ field, message }) => `${field}: ${message}`).join('; ')
  if (time_zone !== undefined && !isTimeZone(time_zone)) return `"${time_zone}" is not a time zone`
  return undefined
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
