import type { Attempt } from '../../../domain/attempt.ts'
import { FINDING_CODES, type Finding, type OutputFacts } from '../../../domain/check.ts'
import type { ListStop } from '../../../domain/list-report.ts'
import { count, plural } from '../../format.ts'
import type { Style } from '../../style.ts'
import type { Span, Theme } from '../../theme.ts'
import { named, wrapped } from './wrapped.ts'

/** Cells of the names of checks. */
const NAMES = 1 + Math.max(...FINDING_CODES.map(({ length }) => length))

const STOPS: Readonly<Record<ListStop, string>> = {
  max_pages: 'ended at the limit of pages',
  robots: 'ended by robots.txt',
  cap: 'ended where the portal shows no more',
}

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
    ...wrapped('Found', facts && factText(facts, glyphs.dot), cells, { style: 'plain', names: NAMES }),
    ...findings.flatMap(({ code, verdict: own, message }) =>
      wrapped(code, message, cells, { style: STYLES[own], names: NAMES }),
    ),
    ...(waits
      ? [
          [
            named('', NAMES),
            { text: 'Nothing is built on it until you accept it: a does', style: 'warn' } as const,
          ],
        ]
      : []),
  ]
}

function factText(
  { rows, quarantined, duplicates, expected, complete, stopped_by, cap, unseen }: OutputFacts,
  dot: string,
): string {
  const parts = [
    plural(rows, 'row'),
    ...(quarantined > 0 ? [`${count(quarantined)} bad ones put aside`] : []),
    ...(duplicates > 0 ? [`${count(duplicates)} twice`] : []),
    ...(expected === null ? [] : [`the portal counts ${count(expected)}`]),
    ...(cap === null ? [] : [`it shows ${count(cap)} at most`]),
    ...(stopped_by === null ? [] : [STOPS[stopped_by]]),
    ...(unseen ? [`about ${count(unseen)} not seen`] : []),
    ...(complete === null ? [] : [complete ? 'said to be complete' : 'said not to be complete']),
  ]
  return parts.join(` ${dot} `)
}
