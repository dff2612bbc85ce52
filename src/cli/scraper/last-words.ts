import { isTelling } from '../../runner/error-line.ts'
import type { Trial } from './trial.ts'

/** What a scraper said of its failure: its last `error` message, else the last line of standard error that tells something. */
export function lastWords({ lines }: Pick<Trial, 'lines'>): string | undefined {
  const said = lines.findLast(({ message }) => message?.type === 'error')?.message
  if (said?.type === 'error') return `${said.class}: ${said.message}`
  const errors = lines.filter(({ stream, text }) => stream === 'err' && text.trim() !== '')
  return (errors.findLast(({ text }) => isTelling(text)) ?? errors.at(-1))?.text
}
