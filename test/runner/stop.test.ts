import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cancels } from '../stress/cancels.ts'
import { marked } from '../support/marked.ts'
import { attemptBench, processesOf, type AttemptBench, type Wish } from '../support/attempts.ts'
import { task } from '../support/task.ts'

const GRACE_MS = 500

let bench: AttemptBench
beforeEach(() => {
  bench = attemptBench()
})
afterEach(() => bench.close())

const left = () => processesOf(bench.runner.tagPrefix)

/** Starts it, waits until it says that it is ready, cancels it; the milliseconds that took. */
async function cancel(wish: Wish) {
  const attempt = bench.start(wish)
  await bench.says('ready')
  const asked = performance.now()
  attempt.stop('cancel')
  const result = await attempt.done
  return { result, took: performance.now() - asked }
}

describe('a cancel leaves nothing behind of', () => {
  test('a scraper that ends when asked, long before the grace is over', async () => {
    bench = await swapGrace(30)
    const { result, took } = await cancel({ script: 'echo ready; sleep 600' })
    expect(result).toMatchObject({ outcome: 'cancelled', signal: 'SIGTERM', error: null, output: null })
    expect(took).toBeLessThan(10_000)
  })

  test('a scraper and a child that ignore SIGTERM', async () => {
    const { result, took } = await cancel({ command: ['ignores_term.sh'] })
    expect(result).toMatchObject({ outcome: 'cancelled', signal: 'SIGKILL' })
    expect(took).toBeGreaterThanOrEqual(GRACE_MS)
    expect(left()).toEqual([])
  })

  test('a child that ignores SIGTERM when the scraper itself is gone at once', async () => {
    const script = "(trap '' TERM; echo ready; exec sleep 600) & wait"
    expect((await cancel({ script })).result.outcome).toBe('cancelled')
    expect(left()).toEqual([])
  })

  test('a daemon that left session and group twice over', async () => {
    const { result } = await cancel({ command: ['double_fork.py', 'stay'] })
    expect(result.outcome).toBe('cancelled')
    expect(left()).toEqual([])
  })

  test('a descendant without our tag and session', async () => {
    const marker = `cleared-${process.pid}-${Date.now()}`
    const attempt = bench.start({ command: ['cleared_environment.py', marker] })
    await bench.says('ready')
    expect(processesOf(`MARKER=${marker}`)).toHaveLength(1)
    attempt.stop('cancel')
    expect((await attempt.done).outcome).toBe('cancelled')
    expect(processesOf(`MARKER=${marker}`)).toEqual([])
  })
})

test('a cancel of a scraper with a browser, twelve times over, is done soon after the grace', async () => {
  const { cancelled, survivors, slowest_ms } = await cancels(12, 4)
  expect({ cancelled, survivors }).toEqual({ cancelled: 12, survivors: [] })
  expect(slowest_ms).toBeLessThan(3000)
})

test('a scraper behind a shell gets its grace, though the shell is gone at once', async () => {
  bench = await swapGrace(20)
  const script = 'python3 "$0" & wait'.replace(
    '$0',
    new URL('../fixtures/scrapers/graceful.py', import.meta.url).pathname,
  )
  const { result } = await cancel({ script })
  expect(result.outcome).toBe('cancelled')
  expect((await bench.lines('out')).map(({ text }) => text)).toEqual(['ready', 'closed in order'])
})

async function swapGrace(grace: number): Promise<AttemptBench> {
  await bench.close()
  return attemptBench((config) => ({ ...config, execution: { ...config.execution, grace } }))
}

describe('asking for a stop', () => {
  test('for a shutdown is an interruption; asking again changes nothing', async () => {
    const attempt = bench.start({ script: 'echo ready; sleep 600' })
    await bench.says('ready')
    attempt.stop('shutdown')
    attempt.stop('cancel')
    expect((await attempt.done).outcome).toBe('interrupted')
  })

  test('in the same breath as the start is heeded', async () => {
    const attempt = bench.start({ script: 'sleep 600' })
    attempt.stop('cancel')
    expect(await attempt.done).toMatchObject({ outcome: 'cancelled', signal: 'SIGTERM' })
  })

  test('in the same breath as a start that fails is heeded too', async () => {
    const attempt = bench.start({ spec: { task: task({ scraper_name: 'missing' }) } })
    attempt.stop('cancel')
    expect(await attempt.done).toMatchObject({ outcome: 'cancelled', error: null })
  })

  test('after the end changes nothing', async () => {
    const attempt = bench.start({ command: ['good.sh'] })
    const result = await attempt.done
    attempt.stop('cancel')
    expect(await attempt.done).toBe(result)
    expect(result.outcome).toBe('completed')
  })
})

describe('after a normal end', () => {
  test('a child that holds the pipes open is killed', async () => {
    const result = await bench.run({ command: ['forks_and_exits.sh'] })
    expect(result).toMatchObject({ outcome: 'completed', output: { rows: 1 } })
    expect(left()).toEqual([])
  })

  test('a daemon that left session and group is killed', async () => {
    const result = await bench.run({ command: ['double_fork.py'] })
    expect(result).toMatchObject({ outcome: 'completed', output: { rows: 1 } })
    expect(left()).toEqual([])
  })
})

describe('limits', () => {
  const limited = (set: { timeout?: number; memory_limit?: number }) =>
    attemptBench((config) => ({ ...config, execution: { ...config.execution, ...set } }))

  test('a scraper over its time is stopped with all its processes', async () => {
    await bench.close()
    bench = limited({ timeout: 1.5 })
    const marker = `marker-${bench.workspace}`
    const result = await bench.run({ command: ['browser.pl', marker] })
    expect(result).toMatchObject({ outcome: 'failed', error: { class: 'timeout' } })
    expect(result.error?.message).toBe('stopped after its time limit of 1.5 s')
    expect([...left(), ...marked(marker)]).toEqual([])
  })

  test('a scraper whose child takes too much memory is stopped with all its processes', async () => {
    await bench.close()
    bench = limited({ memory_limit: 120e6 })
    const result = await bench.run({ command: ['hungry.mjs'] })
    expect(result).toMatchObject({ outcome: 'failed', error: { class: 'memory' } })
    expect(result.error?.message).toContain('memory limit of 114 MiB')
    expect(left()).toEqual([])
  })
})
