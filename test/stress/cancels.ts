import { systemClock } from '../../src/cli/system-clock.ts'
import { attemptBench, until } from '../support/attempts.ts'
import { marked } from '../support/marked.ts'

/** How one round of cancels went. Times in milliseconds after the grace was over. */
export interface Cancels {
  cancelled: number
  survivors: string[]
  median_ms: number
  slowest_ms: number
}

const GRACE_S = 0.5

/**
 * Cancels `count` scrapers with a browser, `parallel` at a time, each when all its processes are up; looks for
 * survivors after each.
 */
export async function cancels(count: number, parallel: number): Promise<Cancels> {
  const times: number[] = []
  const survivors: string[] = []
  let next = 0
  const worker = async () => {
    while (next++ < count) {
      const { took, left } = await cancelOne()
      times.push(took - GRACE_S * 1000)
      survivors.push(...left)
    }
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  times.sort((a, b) => a - b)
  return {
    cancelled: times.length,
    survivors,
    median_ms: Math.round(times[Math.floor(times.length / 2)] ?? NaN),
    slowest_ms: Math.round(times.at(-1) ?? NaN),
  }
}

async function cancelOne(): Promise<{ took: number; left: string[] }> {
  const bench = attemptBench((config) => ({ ...config, execution: { ...config.execution, grace: GRACE_S } }))
  const marker = `marker-${bench.workspace}`
  try {
    const attempt = bench.start({ command: ['browser.pl', marker] })
    await bench.says('ready')
    await until(() => marked(marker).length === PROCESSES, 'all its processes and no other')
    const asked = systemClock.monotonic()
    attempt.stop('cancel')
    const { outcome } = await attempt.done
    if (outcome !== 'cancelled') throw new Error(`a cancelled attempt ended as ${outcome}`)
    return { took: systemClock.monotonic() - asked, left: marked(marker) }
  } finally {
    await bench.close()
  }
}

/** The scraper, a daemon, the browser, three renderers and a zygote without an environment. */
const PROCESSES = 7
