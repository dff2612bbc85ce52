import { z } from 'zod'
import { CODE } from '../domain/codes.ts'
import { parseDuration, parseSize } from './units.ts'

/** The kinds of value of zafra.yaml. The message of each issue says what was expected, and nothing else. */

export const text = z.string({ error: 'text' }).min(1, { error: 'text that is not empty' })
export const flag = z.boolean({ error: 'true or false' })
export const texts = z.array(text, { error: 'a list of texts' })

export const duration = read('a duration such as 30m, 5s, 2h, 1d, or a number of seconds', parseDuration)
export const size = read('a size such as 50MB, 1GB, or a number of bytes', parseSize)

export function whole(least: number) {
  const expected = `a whole number of at least ${least}`
  return z.int({ error: expected }).min(least, { error: expected })
}

export function number(least: number, most: number) {
  const expected = most === Infinity ? `a number of at least ${least}` : `a number from ${least} to ${most}`
  return z.number({ error: expected }).min(least, { error: expected }).max(most, { error: expected })
}

export function oneOf<const Choice extends string>(...choices: Choice[]) {
  return z.enum(choices, { error: choices.join(' or ') })
}

/** A map with fixed keys. The message of an unknown key lists the known ones (see `knownKeys`). */
export function settings<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, { error: mapOf(Object.keys(shape)) })
}

/** A map from some of these words to texts. */
export function textsBy<const Key extends string>(...keys: Key[]) {
  return z.partialRecord(z.enum(keys), text, { error: mapOf(keys) })
}

/** The keys that would have been right, out of the message of an `unrecognized_keys` issue. */
export function knownKeys(message: string): string[] {
  return message.split(', ')
}

function mapOf(keys: readonly string[]) {
  return (issue: { code: string }) => (issue.code === 'unrecognized_keys' ? keys.join(', ') : 'a map')
}

export const code = z
  .string({ error: 'text' })
  .regex(CODE, { error: 'a name of at most 64 letters (A to Z), digits, hyphens and underscores' })

/** A map from codes (they become file names) to values of one kind. */
export function byCode<Value extends z.ZodType>(value: Value) {
  return z.record(code, value, { error: 'a map' })
}

export const texted = z.record(z.string(), text, { error: 'a map' })

export const timeZone = text.refine(isTimeZone, { error: 'a time zone such as America/Mexico_City' })

/** Host of a site, as it stands in URLs. */
export const host = text
  .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, { error: 'a host in lower case, such as inmuebles24.com' })
  .transform((name) => name.replace(/^www\./, ''))

export const origin = read('an origin such as http://127.0.0.1:8080', (value) => {
  if (typeof value !== 'string' || !URL.canParse(value)) return undefined
  const { protocol, origin: parsed, pathname, search } = new URL(value)
  return /^https?:$/.test(protocol) && pathname === '/' && search === '' ? parsed : undefined
})

export const address = read('a TCP address such as 127.0.0.1:7333', (value) => {
  const [, name, port] =
    /^(\[[0-9a-f:.]+\]|[^:\s]+):(\d{1,5})$/i.exec(typeof value === 'string' ? value : '') ?? []
  if (name === undefined || Number(port) > 65_535) return undefined
  return { host: name.replaceAll(/[[\]]/g, ''), port: Number(port) }
})

function read<Value>(expected: string, parse: (value: unknown) => Value | undefined) {
  return z.unknown().transform((value, context): Value => {
    const parsed = parse(value)
    if (parsed !== undefined) return parsed
    context.addIssue({ code: 'custom', message: expected, input: value })
    return z.NEVER
  })
}

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
