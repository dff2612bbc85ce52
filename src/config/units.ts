const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/
const SECONDS = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 } as const

const SIZE = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/i
const BYTES = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
} as const

/** Seconds that a person wrote as `30m`, `1.5h`, `500ms` or a plain number of seconds; undefined: not a duration. */
export function parseDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return isAmount(value) ? value : undefined
  const match = typeof value === 'string' ? DURATION.exec(value.trim()) : null
  return match ? Number(match[1]) * SECONDS[match[2] as keyof typeof SECONDS] : undefined
}

/** Whole bytes that a person wrote as `50MB`, `1GiB` or a plain number of bytes; undefined: not a size. */
export function parseSize(value: unknown): number | undefined {
  if (typeof value === 'number') return isAmount(value) ? Math.round(value) : undefined
  const match = typeof value === 'string' ? SIZE.exec(value.trim()) : null
  return match
    ? Math.round(Number(match[1]) * BYTES[match[2]!.toLowerCase() as keyof typeof BYTES])
    : undefined
}

function isAmount(value: number): boolean {
  return Number.isFinite(value) && value >= 0
}
