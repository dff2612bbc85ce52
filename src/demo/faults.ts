import { between, seeded } from './chance.ts'
import { LISTS, type PortalList } from './lists.ts'

/** What goes wrong at a list, and for how many of its first requests. */
export interface Fault {
  kind: 'too_many' | 'challenge' | 'error' | 'cut' | 'slow' | 'layout' | 'gone'
  times: number
}

/**
 * One list for each: some are over by themselves, some cost attempts, and three never end, so that a batch shows
 * every class of error and finishes with failed tasks.
 */
const CYT_FAULTS: readonly Fault[] = [
  { kind: 'too_many', times: 2 },
  { kind: 'error', times: 2 },
  { kind: 'slow', times: 1 },
  { kind: 'cut', times: 2 },
  { kind: 'layout', times: Infinity },
  { kind: 'error', times: Infinity },
  { kind: 'gone', times: Infinity },
]
const INM24_FAULTS: readonly Fault[] = [
  { kind: 'challenge', times: 2 },
  { kind: 'too_many', times: 5 },
]

/** Which list has which fault: the same ones for the same seed. */
export function faultsOf(seed: number): ReadonlyMap<PortalList, Fault> {
  const random = seeded(seed)
  const faults = new Map<PortalList, Fault>()
  const give = (site: PortalList['site'], kinds: readonly Fault[]) => {
    const lists = LISTS.filter((list) => list.site === site)
    for (const fault of kinds) {
      const [list] = lists.splice(between(random, 0, lists.length - 1), 1)
      if (list) faults.set(list, fault)
    }
  }
  give('CyT', CYT_FAULTS)
  give('Inm24', INM24_FAULTS)
  return faults
}
