import { VERDICTS, worst, type Checked, type Checker, type Delivery, type Finding } from '../domain/check.ts'
import type { Config } from '../domain/config.ts'
import type { Asked, Profile } from '../domain/profile.ts'
import { evidenceOf, type Circumstances } from './evidence.ts'
import { againFindings, overlapOf } from './judge/again.ts'
import { askedFindings, placeFindings, type Contradicted } from './judge/asked.ts'
import { counterFindings } from './judge/counter.ts'
import { dateFindings } from './judge/dates.ts'
import { finding, rowFindings, type Evidence } from './judge/findings.ts'
import { historyFindings } from './judge/history.ts'
import { levelFindings } from './judge/level.ts'
import { listFindings } from './judge/list.ts'
import { namesOf, nobodyKnows, type NamesOf } from './names.ts'
import { withoutRows } from './quarantine.ts'

/**
 * Judges outputs by the thresholds of the configuration; those of the site win.
 * @param list what the codes of a task are called
 */
export function createChecker(
  config: Pick<Config, 'checks' | 'sites' | 'workspace'>,
  list: NamesOf = nobodyKnows,
): Checker {
  return {
    async check(delivery, signal) {
      const thresholds = { ...config.checks, ...config.sites[delivery.task.website]?.checks }
      const names = await namesOf(delivery.task, list)
      return check(delivery, { thresholds, names, workspace: config.workspace, signal })
    },
  }
}

async function check(delivery: Delivery, circumstances: Circumstances): Promise<Checked> {
  const read = await evidenceOf(delivery, circumstances)
  if (!read) return nothing(delivery, 'the output ends, or goes on for megabytes, inside a quoted cell')
  const { evidence, quarantine } = read
  const { names, signal } = circumstances
  const found = [
    ...rowFindings(evidence),
    ...askedFindings(evidence, names),
    ...placeFindings(evidence, names),
    ...historyFindings(evidence),
    ...levelFindings(evidence),
    ...againFindings(evidence),
    ...counterFindings(evidence),
    ...dateFindings(evidence),
    ...listFindings(evidence),
  ]
  const verdict = worst(found)
  const findings = found.toSorted(worstFirst).slice(0, MOST_FINDINGS)
  if (verdict !== 'failed' && quarantine.count > 0) {
    await withoutRows(delivery.file, quarantine.rows, signal)
  }
  return { verdict, findings, facts: facts(evidence) }
}

function nothing({ complete, report, seconds }: Delivery, message: string): Checked {
  const none = { rows: 0, quarantined: 0, duplicates: 0, coverage: {}, profile: null }
  const findings: Finding[] = [finding('unreadable', 'failed', message)]
  return { verdict: 'failed', findings, facts: { ...none, ...report, complete, seconds } }
}

function facts({
  tally,
  columns,
  bad,
  delivery,
  profile,
  contradicted,
  previous,
}: Evidence): Checked['facts'] {
  const { complete, report, seconds } = delivery
  const share = (at: number) => (tally.rows === 0 ? 0 : rounded(tally.filled[at]! / tally.rows))
  const overlap = overlapOf(previous, tally.rows)
  return {
    rows: tally.rows,
    quarantined: bad,
    duplicates: tally.duplicates,
    ...report,
    complete,
    seconds: seconds === null ? null : Math.round(seconds * 1000) / 1000,
    coverage: Object.fromEntries(columns.slice(0, MOST_COLUMNS).map((column, at) => [column, share(at)])),
    profile: {
      ...profile,
      contradicts: sharesOf(contradicted),
      overlap: overlap === undefined ? null : rounded(overlap),
    },
  }
}

function sharesOf(contradicted: Contradicted): Profile['contradicts'] {
  const entries = Object.entries(contradicted) as [Asked, { odd: number; all: number }][]
  return Object.fromEntries(entries.map(([asked, { odd, all }]) => [asked, rounded(odd / all)]))
}

function rounded(share: number): number {
  return Math.round(share * 1e4) / 1e4
}

function worstFirst(one: Finding, other: Finding): number {
  return VERDICTS.indexOf(other.verdict) - VERDICTS.indexOf(one.verdict)
}

/** There is at most one per code, but one per column for some: these tell enough. */
const MOST_FINDINGS = 40

/** Of so many columns the coverage is remembered: it stands in the database with every attempt. */
const MOST_COLUMNS = 200
