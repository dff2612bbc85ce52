import type { Verdict } from '../../src/domain/check.ts'
import type { PortalList } from '../../src/demo/lists.ts'
import type { Clean } from './clean.ts'
import type { Planted } from './faults-planted.ts'
import { delivered, Harvests, listOf } from './planted.ts'

export const PLANTED_LISTS: readonly PortalList[] = [
  listOf('CyT', 'Zapopan', 'Casas', 'venta'),
  listOf('CyT', 'Guadalajara', 'Terrenos', 'venta'),
  listOf('CyT', 'Zapopan', 'Departamentos', 'renta'),
  listOf('Prop', 'Guadalajara', 'Casas', 'venta'),
  listOf('Inm24', 'Zapopan', 'Casas', 'venta'),
  listOf('Mit', 'Zapopan', 'Casas', 'venta'),
]

export interface Judged {
  list: string
  verdict: Verdict
  why: string
}

/** What is thought of a fault in each list to which it applies: after two good batches, and in the first where it shows. */
export async function judgeFault({ plant, first, lists = () => true }: Planted): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const list of PLANTED_LISTS.filter(lists)) {
    if (first) judged.push(await last(list, 0, () => plant(delivered(list, 2), list, null), 'first batch'))
    const before = delivered(list, 1)
    judged.push(await last(list, 2, () => plant(delivered(list, 2), list, before), 'third batch'))
  }
  return judged
}

/** What is thought of the last of several batches where all is well, and of those before. */
export async function judgeClean({ of }: Clean): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const list of PLANTED_LISTS) judged.push(await last(list, 2, () => of(list), 'third batch'))
  return judged
}

async function last(
  list: PortalList,
  good: number,
  of: () => ReturnType<typeof delivered>,
  when: string,
): Promise<Judged> {
  const harvests = new Harvests(list)
  try {
    for (let fortnight = 0; fortnight < good; fortnight++) {
      const { verdict, why } = await harvests.next(delivered(list, fortnight))
      if (verdict !== 'ok') throw new Error(`a good batch of ${list.url} is ${verdict}: ${why}`)
    }
    const { verdict, why } = await harvests.next(of())
    return { list: `${list.site} ${list.city} ${list.product} ${list.operation}, ${when}`, verdict, why }
  } finally {
    harvests.close()
  }
}
