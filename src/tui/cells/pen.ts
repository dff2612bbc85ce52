/** How what is written next looks. */
export interface Pen {
  color: string
  bold: boolean
  dim: boolean
  underline: boolean
  inverse: boolean
}

export const PLAIN: Pen = { color: '', bold: false, dim: false, underline: false, inverse: false }

/** `pen` after the parameters of an SGR sequence; what no theme uses changes nothing. */
export function changed(pen: Pen, parameters: string): Pen {
  if (parameters === '') return PLAIN
  let next = pen
  for (const [code] of parameters.matchAll(/[34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d+/g)) {
    next = { ...next, ...changeOf(code) }
  }
  return next
}

function changeOf(code: string): Partial<Pen> | undefined {
  if (/^(38;.*|3[0-7]|9[0-7])$/.test(code)) return { color: code }
  return CHANGES[code]
}

const CHANGES: Readonly<Record<string, Partial<Pen>>> = {
  0: PLAIN,
  1: { bold: true },
  2: { dim: true },
  4: { underline: true },
  7: { inverse: true },
  22: { bold: false, dim: false },
  24: { underline: false },
  27: { inverse: false },
  39: { color: '' },
}

/** The parameters that make a plain pen look so; equal for pens that look alike. */
export function styleOf({ color, bold, dim, underline, inverse }: Pen): string {
  return [bold && '1', dim && '2', underline && '4', inverse && '7', color].filter(Boolean).join(';')
}

/** From one look to another. */
export function sgr(before: string, style: string): string {
  if (style === '') return '\u001b[m'
  return before === '' ? `\u001b[${style}m` : `\u001b[0;${style}m`
}
