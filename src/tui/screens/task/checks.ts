import type { Attempt } from '../../../domain/attempt.ts'
import type { Finding, OutputFacts } from '../../../domain/check.ts'
import { count } from '../../format.ts'
import type { Span, Style, Theme } from '../../theme.ts'
import { named } from './facts.ts'
import { wrapped } from './wrapped.ts'

const STYLES: Readonly<Record<Finding['verdict'], Style>> = { ok: 'dim', suspect: 'warn', failed: 'bad' }

/** What the checks found in the output of an attempt; none where nothing was checked. */
export function checkRows(
  { verdict, findings, facts, accepted_at }: Attempt,
  cells: number,
  { glyphs }: Theme,
): Span[][] {
  if (verdict === null) return []
  const waits = verdict === 'suspect' && accepted_at === null
  return [
    ...(facts ? [[named('Found'), ...factSpans(facts, glyphs.dot)]] : []),
    ...findings.flatMap(({ code, verdict: own, message }) => wrapped(code, message, cells, STYLES[own])),
    ...(waits
      ? [[named(''), { text: 'Nothing is built on it until you accept it: a does', style: 'warn' } as const]]
      : []),
  ]
}

function factSpans({ rows, quarantined, duplicates, expected, complete }: OutputFacts, dot: string): Span[] {
  const parts = [
    `${count(rows)} rows`,
    ...(quarantined > 0 ? [`${count(quarantined)} bad ones put aside`] : []),
    ...(duplicates > 0 ? [`${count(duplicates)} twice`] : []),
    ...(expected === null ? [] : [`the portal counts ${count(expected)}`]),
    ...(complete === null ? [] : [complete ? 'said to be complete' : 'said not to be complete']),
  ]
  return [{ text: parts.join(` ${dot} `) }]
}
