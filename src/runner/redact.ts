/** Stands in a log where a secret stood; shorter secrets leave less of it. */
const MASK = '******'
/** Longer secrets are masked piece by piece, so that a secret can never fill a line buffer. */
const MAX_PIECE = 1024
/** A line of a secret of several lines that is shorter, such as a brace of JSON, is no secret. */
const LEAST_LINE = 4

const OPEN_BRACE = '{'.charCodeAt(0)

/** Replaces secrets in what leaves the runner. */
export interface Redactor {
  /** Bytes of the longest thing it looks for; 0 where there is nothing to look for. */
  readonly longest: number
  /** `bytes` with each secret masked; never longer than before. */
  mask(bytes: Buffer): Buffer
  /** As `mask`, for a whole line: in a JSON object also where a secret is written with escapes. */
  maskLine(line: Buffer): Buffer
  maskText(text: string): string
}

/**
 * Masks the values of the variables `names` of `environment`, also as JSON and URLs write them. A value of several
 * lines is masked line by line, since it is printed so.
 */
export function createRedactor(names: readonly string[], environment: NodeJS.ProcessEnv): Redactor {
  const secrets = [...new Set(names.flatMap((name) => pieces(environment[name] ?? '')))]
  // A secret that contains another one goes first, or its rest would stay.
  secrets.sort((a, b) => b.length - a.length)
  const needles = secrets.map((text) => ({ text, bytes: Buffer.from(text, 'latin1') }))
  const mask = (bytes: Buffer) => {
    if (!needles.some((needle) => bytes.includes(needle.bytes))) return bytes
    const text = needles.reduce(
      (rest, needle) => rest.replaceAll(needle.text, MASK.slice(0, needle.text.length)),
      bytes.toString('latin1'),
    )
    return Buffer.from(text, 'latin1')
  }
  const maskText = (text: string) => mask(Buffer.from(text)).toString()
  return {
    longest: secrets[0]?.length ?? 0,
    mask,
    maskText,
    maskLine(line) {
      const masked = mask(line)
      // Without a backslash, what is written is what is meant.
      const escapes = secrets.length > 0 && masked[0] === OPEN_BRACE && masked.includes('\\')
      return escapes ? maskStrings(masked, maskText) : masked
    },
  }
}

/** `json` with each string in it masked; as it is where no string changes, or where it is no JSON. */
function maskStrings(json: Buffer, maskText: (text: string) => string): Buffer {
  let changed = false
  const reviver = (_: string, value: unknown) => {
    if (typeof value !== 'string') return value
    const masked = maskText(value)
    changed ||= masked !== value
    return masked
  }
  try {
    const value: unknown = JSON.parse(json.toString(), reviver)
    return changed ? Buffer.from(JSON.stringify(value)) : json
  } catch {
    return json
  }
}

/** The lines of a value, in each form in which they may be written, as byte strings (Latin-1: one character per byte). */
function pieces(value: string): string[] {
  const lines = value.split(/[\r\n]+/)
  const secret = lines.length === 1 ? lines : lines.filter((line) => line.length >= LEAST_LINE)
  return secret
    .flatMap(forms)
    .map((form) => Buffer.from(form).toString('latin1'))
    .flatMap((form) => form.match(new RegExp(`.{1,${MAX_PIECE}}`, 'gs')) ?? [])
}

function forms(line: string): string[] {
  const json = JSON.stringify(line).slice(1, -1)
  const ascii = json.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  const url = encodeURIComponent(line.toWellFormed())
  return [line, json, ascii, url, url.replaceAll('%20', '+')]
}
