import { NO_REPORT } from '../../../domain/list-report.ts'
import { safe } from '../../../domain/safe.ts'
import type { Line } from '../trial.ts'
import { allRuns, moot, pass, unless, type Judgement, type Runs } from './clause.ts'
import type { Rule } from './clauses.ts'

/** The fields of each message (source: scraper-contract.md, Out). */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  progress: ['page', 'pages', 'items', 'expected', 'message'],
  state: ['value'],
  metric: ['name', 'value'],
  log: ['level', 'message'],
  error: ['class', 'message', 'url', 'http', 'retry_after'],
  result: ['rows', 'complete', ...Object.keys(NO_REPORT)],
}
const QUOTED = 120

/** What a scraper says: scraper-contract.md, Out. */
export const languageClauses: readonly Rule[] = [
  ['a line that claims to be a message is one', 'must', messagesAreValid],
  ['messages have no fields that nobody knows', 'should', noUnknownFields],
  ['tells its progress', 'should', tellsProgress],
  ['writes no control characters to its log', 'should', noControls],
]

function messagesAreValid(runs: Runs): Judgement {
  const claims = linesOf(runs).filter(claimsToBeMessage)
  if (claims.length === 0) return moot('it sends no messages')
  const wrong = claims.find(({ message }) => !message)
  return unless(wrong && `a log line to the engine: ${quoted(wrong)}`, `${claims.length} messages`)
}

function noUnknownFields(runs: Runs): Judgement {
  const messages = linesOf(runs).filter(({ message }) => message)
  if (messages.length === 0) return moot('it sends no messages')
  const wrong = messages.find(({ text, message }) => {
    const known = ['scraper', 'type', ...(FIELDS[message?.type ?? ''] ?? [])]
    return Object.keys(JSON.parse(text) as object).some((name) => !known.includes(name))
  })
  return unless(wrong && quoted(wrong))
}

function tellsProgress({ whole }: Runs): Judgement {
  const told = whole.trial.lines.filter(({ message }) => message?.type === 'progress').length
  return unless(told > 0 ? undefined : 'no progress message: no bar, no estimate', `${told} times`)
}

function noControls(runs: Runs): Judgement {
  const wrong = allRuns(runs)
    .flatMap(({ trial }) => trial.lines)
    .find(({ text }) => safe(text.replace(/\t|\r$/g, ' ')) !== text.replace(/\t|\r$/g, ' '))
  return wrong
    ? unless(`${wrong.stream === 'out' ? 'standard output' : 'standard error'}: ${quoted(wrong)}`)
    : pass()
}

function linesOf(runs: Runs): Line[] {
  return allRuns(runs).flatMap(({ trial }) => trial.lines.filter(({ stream }) => stream === 'out'))
}

/** Whether it is a JSON object with `"scraper": 1`, whatever else. */
function claimsToBeMessage({ text }: Line): boolean {
  if (!text.startsWith('{')) return false
  try {
    return (JSON.parse(text) as { scraper?: unknown }).scraper === 1
  } catch {
    return false
  }
}

function quoted({ text }: Line): string {
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text
}
