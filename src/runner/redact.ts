/** Stands in a log where a secret stood; shorter secrets leave less of it. */
const MASK = '******'
/** Longer secrets are masked piece by piece, so that a secret can never fill a line buffer. */
const MAX_PIECE = 1024

/** Replaces secrets in bytes. */
export interface Redactor {
  /** Bytes of the longest thing it looks for; 0 where there is nothing to look for. */
  readonly longest: number
  /** `bytes` with each secret masked; never longer than before. */
  mask(bytes: Buffer): Buffer
}

/**
 * Masks the values of the variables `names` of `environment`. A value of several lines is masked line by line,
 * since it is printed so.
 */
export function createRedactor(names: readonly string[], environment: NodeJS.ProcessEnv): Redactor {
  const secrets = [...new Set(names.flatMap((name) => pieces(environment[name] ?? '')))]
  // A secret that contains another one goes first, or its rest would stay.
  secrets.sort((a, b) => b.length - a.length)
  const needles = secrets.map((text) => ({ text, bytes: Buffer.from(text, 'latin1') }))
  return {
    longest: secrets[0]?.length ?? 0,
    mask: (bytes) => {
      if (!needles.some((needle) => bytes.includes(needle.bytes))) return bytes
      const text = needles.reduce(
        (rest, needle) => rest.replaceAll(needle.text, MASK.slice(0, needle.text.length)),
        bytes.toString('latin1'),
      )
      return Buffer.from(text, 'latin1')
    },
  }
}

/** The lines of a value as byte strings (Latin-1: one character per byte). */
function pieces(value: string): string[] {
  const lines = Buffer.from(value)
    .toString('latin1')
    .split(/[\r\n]+/)
  return lines.flatMap((line) => line.match(new RegExp(`.{1,${MAX_PIECE}}`, 'gs')) ?? [])
}
