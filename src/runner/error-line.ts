/**
 * Whether a line of standard error says by itself what went wrong: none of a stack trace, and none of what Node writes
 * after it (`}`, its version). Its beginning is enough.
 */
export function isTelling(line: string): boolean {
  return /^(?!Node\.js v\d)[^\s}]/.test(line)
}
