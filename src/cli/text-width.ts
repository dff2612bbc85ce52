import { createRequire } from 'node:module'

type Measure = (text: string) => number

const require = createRequire(import.meta.url)
let measure: Measure | undefined

/**
 * The cells that a text takes on a terminal; escape sequences take none. What is not plain is for string-width to say:
 * to load that, with its tables of emoji, takes as long as Node itself does.
 */
export default function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  measure ??= (require('string-width') as { default: Measure }).default
  return measure(text)
}
