/** Where settings stand that nothing acts on yet; `*` is any name. */
const INACTIVE = ['api.metrics']

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
