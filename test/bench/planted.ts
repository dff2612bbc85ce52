import type { Verdict } from '../../src/domain/check.ts'
import { CLEAN } from '../checks/clean.ts'
import { FAULTS } from '../checks/faults-planted.ts'
import { judgeClean, judgeFault, type Judged } from '../checks/judged.ts'
import type { Figure } from './figure.ts'

/** Every kind of fault that is planted in what the demo portals' lists give, and every clean case: what is thought of it. */
export async function plantedFigures(): Promise<Figure[]> {
  const figures: Figure[] = []
  let [caught, alarms] = [0, 0]
  for (const fault of FAULTS) {
    const judged = await judgeFault(fault)
    const missed = judged.filter(({ verdict }) => verdict === 'ok').length
    if (missed === 0) caught++
    const measured = missed > 0 ? `MISSED ${missed}` : verdicts(judged)
    figures.push({ what: `fault: ${fault.what}`, measured, baseline: tries(judged), goal: '' })
  }
  for (const clean of CLEAN) {
    const judged = await judgeClean(clean)
    const wrong = judged.filter(({ verdict }) => verdict !== 'ok').length
    if (wrong > 0) alarms++
    const measured = wrong > 0 ? `ALARM ${wrong}` : 'ok'
    figures.push({ what: `clean: ${clean.what}`, measured, baseline: tries(judged), goal: '' })
  }
  const all = (kinds: readonly unknown[]) => `of ${kinds.length} kinds`
  return [
    ...figures,
    {
      what: 'planted faults caught',
      measured: String(caught),
      baseline: all(FAULTS),
      goal: 'all, of 40 at least',
    },
    { what: 'false alarms', measured: String(alarms), baseline: all(CLEAN), goal: '0' },
  ]
}

function verdicts(judged: readonly Judged[]): string {
  const kinds = new Set<Verdict>(judged.map(({ verdict }) => verdict))
  return ['suspect', 'failed'].filter((each) => kinds.has(each as Verdict)).join(', ')
}

function tries(judged: readonly Judged[]): string {
  return `in ${judged.length} outputs`
}
