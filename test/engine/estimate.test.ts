import { describe, expect, it } from 'vitest'
import { estimateMinutes } from '../../src/engine/estimate.ts'
import { limitsReached } from '../../src/engine/gate.ts'
import { task } from '../support/task.ts'

const of = { scraper_name: 'cyt', website: 'CyT', operation: 'Ven', product: 'Dep', variance: null }
const history = [
  { ...of, city: 'Gdl', minutes: 10 },
  { ...of, city: 'Zap', minutes: 2 },
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
