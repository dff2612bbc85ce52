import { z } from 'zod'
import { byCode, flag, number, oneOf, settings, text, texts } from './values.ts'

const channel = settings({
  type: oneOf('webhook', 'slack', 'email', 'exec', 'ping'),
  url: text.optional(),
  to: texts.optional(),
  command: texts.optional(),
  secret: text.optional(),
  events: texts.optional(),
})

/** Sections that later versions act on: checked, so that a mistake shows today, and otherwise left alone. */
export const notYet = {
  checks: z.record(z.string(), number(0, Infinity), { error: 'a map of thresholds' }).optional(),
  notify: settings({ channels: byCode(channel).optional(), digest: flag.optional() }).optional(),
  api: settings({
    socket: text.optional(),
    listen: text.optional(),
    token: text.optional(),
    metrics: flag.optional(),
  }).optional(),
}

/** Keys whose values come from the environment only; a file is too easily shared. */
const SECRET = /secret|token|passw|credential|api_?key/i

/** Paths of secrets in a layer's own sections. */
export function secretPaths(layer: Readonly<Record<string, unknown>>): string[][] {
  return Object.keys(notYet).flatMap((section) => secretsIn(layer[section], [section]))
}

function secretsIn(value: unknown, path: string[]): string[][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    SECRET.test(key) && inner !== null ? [[...path, key]] : secretsIn(inner, [...path, key]),
  )
}

/** Where settings stand that nothing acts on yet; `*` is any name. */
const INACTIVE = [...Object.keys(notYet), 'logs.retention', 'logs.retention_bytes', 'scrapers.*.browser']

function isSet(value: unknown, [key, ...below]: readonly string[]): boolean {
  if (key === undefined) return value !== undefined
  if (typeof value !== 'object' || value === null) return false
  if (key === '*') return Object.values(value).some((each) => isSet(each, below))
  return isSet((value as Record<string, unknown>)[key], below)
}

/** What the operator should know about settings that this version reads and does not act on. */
export function inactiveNotices(layer: Readonly<Record<string, unknown>>): string[] {
  return INACTIVE.filter((path) => isSet(layer, path.split('.'))).map(
    (path) => `${path}: this version checks these settings and does not act on them yet`,
  )
}
