import { describe, expect, it } from 'vitest'
import type { StatusCounts } from '../../src/domain/query.ts'
import { estimateMinutes } from '../../src/engine/estimate.ts'
import { limitsReached } from '../../src/engine/gate.ts'
import { createPace } from '../../src/engine/pace.ts'
import { task } from '../support/task.ts'

const history = [
  { scraper_name: 'cyt', website: 'CyT', city: 'Gdl', operation: 'Ven', product: 'Dep', minutes: 10 },
  { scraper_name: 'cyt', website: 'CyT', city: 'Zap', operation: 'Ven', product: 'Dep', minutes: 2 },
]
const limits = { max_parallel: 4, perSite: () => 1 }

describe('how long a batch takes', () => {
  it('is what the combination took before, else the mean of its scraper, else a first guess', () => {
    expect(estimateMinutes([task()], history, limits)).toBe(10)
    expect(estimateMinutes([task({ city: 'Ton' })], history, limits)).toBe(6)
    expect(estimateMinutes([task({ scraper_name: 'lam' })], history, limits)).toBe(1)
  })

  it('is that of the slowest site, since sites work side by side', () => {
    const tasks = [task(), task({ city: 'Zap' }), task({ website: 'Lam', scraper_name: 'lam' })]
    expect(estimateMinutes(tasks, history, limits)).toBe(12)
    expect(estimateMinutes(tasks, history, { ...limits, max_parallel: 1 })).toBe(13)
  })
})

const counts = (set: Partial<StatusCounts>): StatusCounts => ({
  pending: 0,
  running: 0,
  retrying: 0,
  failed: 0,
  permanently_failed: 0,
  cancelled: 0,
  completed: 0,
  ...set,
})

describe('the pace', () => {
  it('knows nothing before anything ended', () => {
    expect(createPace().siteEta('CyT', counts({ pending: 3 }), 1)).toBeNull()
    expect(createPace().batchEta([{ site: 'CyT', counts: counts({ pending: 3 }), perSite: 1 }], 4)).toBeNull()
  })

  it('starts from history and follows what it sees', () => {
    const pace = createPace()
    pace.learn(history)
    expect(pace.siteEta('CyT', counts({ pending: 2 }), 1)).toBe(720)
    pace.observe('CyT', 60)
    expect(pace.siteEta('CyT', counts({ pending: 2 }), 1)).toBeLessThan(720)
  })

  it('is done when nothing is left, however it ended', () => {
    const pace = createPace()
    pace.observe('CyT', 60)
    expect(pace.siteEta('CyT', counts({ completed: 5, permanently_failed: 2, cancelled: 1 }), 1)).toBe(0)
  })
})

describe('the limits of the machine', () => {
  const execution = { max_cpu: 80, max_memory: 80, min_free_disk: 500 * 1024 * 1024 }
  const load = { cpu_percent: 10, memory_percent: 10, free_disk_bytes: 10 ** 12 }
  it.each([
    [{}, []],
    [{ cpu_percent: 80.1 }, ['cpu']],
    [{ memory_percent: 99 }, ['memory']],
    [{ free_disk_bytes: 0 }, ['disk']],
    [{ cpu_percent: 99, memory_percent: 99, free_disk_bytes: 0 }, ['cpu', 'memory', 'disk']],
  ])('%j reaches %j', (now, reached) => {
    expect(limitsReached({ ...load, ...now }, execution).map((alert) => alert.code)).toEqual(reached)
  })

  it('are no limits at 100 %', () => {
    expect(limitsReached({ ...load, cpu_percent: 100 }, { ...execution, max_cpu: 100 })).toEqual([])
  })
})
