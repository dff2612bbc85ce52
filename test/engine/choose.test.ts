import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SiteQueue } from '../../src/domain/store.ts'
import { firstOf, nextOf, type Candidate } from '../../src/engine/choose.ts'
import { task } from '../support/task.ts'

const main = (order_num: number) => task({ id: order_num, order_num })
const detail = (order_num: number) => task({ id: 100 + order_num, order_num, depends_on: order_num })
const queue = (waiting: Partial<SiteQueue>): SiteQueue => ({
  pending: undefined,
  due: undefined,
  held: undefined,
  ...waiting,
})

describe('what a site starts next', () => {
  it.each([
    ['relaxed', 'nothing waits', {}, undefined],
    [
      'relaxed',
      'a fresh task goes on while an earlier one waits for its retry',
      { pending: main(5), held: main(2) },
      main(5),
    ],
    ['relaxed', 'a due retry stands before later tasks', { pending: main(5), due: main(2) }, main(2)],
    ['relaxed', 'a due retry stands behind earlier tasks', { pending: main(1), due: main(2) }, main(1)],
    ['relaxed', 'a detail task goes before any main task', { pending: detail(9), due: main(2) }, detail(9)],
    [
      'relaxed',
      'the retry of a detail task goes before a main task',
      { pending: main(1), due: detail(2) },
      detail(2),
    ],
    [
      'strict',
      'a task that waits for its retry holds its site',
      { pending: main(5), held: main(2) },
      undefined,
    ],
    ['strict', 'a due retry goes first', { pending: main(5), due: main(2), held: main(3) }, main(2)],
    ['strict', 'else the next of the list', { pending: main(5) }, main(5)],
  ] as const)('%s: %s', (order, _why, waiting, expected) => {
    expect(nextOf(queue(waiting), order)).toEqual(expected)
  })
})

describe('which site goes first', () => {
  const candidate = (site: string, priority: number, lastStart: number): Candidate => ({
    site,
    priority,
    lastStart,
    task: main(1),
  })

  it('is the one of highest priority, then the one that has waited longest', () => {
    expect(firstOf([candidate('CyT', 0, 1), candidate('Inm24', 1, 9), candidate('Lam', 0, 2)])?.site).toBe(
      'Inm24',
    )
    expect(firstOf([candidate('CyT', 0, 3), candidate('Lam', 0, 2), candidate('Mit', 0, 4)])?.site).toBe(
      'Lam',
    )
    expect(firstOf([])).toBeUndefined()
  })

  it('lets equals take turns: none is served twice before all were served once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 5 }), (sites, rounds) => {
        const lastStart = new Map(Array.from({ length: sites }, (_, site) => [`S${site}`, 0]))
        for (let start = 1; start <= sites * rounds; start++) {
          const first = firstOf([...lastStart].map(([site, last]) => candidate(site, 0, last)))
          lastStart.set(first!.site, start)
        }
        expect([...lastStart.values()].every((last) => last > sites * (rounds - 1))).toBe(true)
      }),
    )
  })
})
