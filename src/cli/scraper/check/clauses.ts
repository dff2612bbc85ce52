import type { Clause, Judgement, Runs, Terms } from './clause.ts'
import { conductClauses } from './conduct.ts'
import { deliveryClauses } from './delivery.ts'
import { languageClauses } from './language.ts'

export type Rule = readonly [
  clause: string,
  level: Clause['level'],
  judge: (runs: Runs, terms: Terms) => Judgement,
]

/** Every clause of the scraper contract that can be seen from outside, judged by what the runs showed. */
export function judgeAll(runs: Runs, terms: Terms): Clause[] {
  const rules: readonly Rule[] = [...deliveryClauses, ...languageClauses, ...conductClauses]
  return rules.map(([clause, level, judge]) => {
    const { verdict, detail } = judge(runs, terms)
    return { clause, level, verdict, detail }
  })
}
