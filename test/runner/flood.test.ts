import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogReader } from '../../src/runner/index.ts'
import { attemptBench, type AttemptBench } from '../support/attempts.ts'

const CAP = 1_000_000

let bench: AttemptBench
beforeEach(() => {
  bench = attemptBench()
})
afterEach(() => bench.close())

function logBytes(): number {
  const tail = `${bench.log}.tail`
  const files = [bench.log, ...readdirSync(tail).map((name) => join(tail, name))]
  return files.reduce((sum, file) => sum + statSync(file).size, 0)
}

test.each(['zeros=1e8', 'letters=2e7', 'invalid=4e6', 'lines=4e7'])(
  'a scraper that writes %s completes, and its log keeps head and tail',
  async (flood) => {
    const memory = process.memoryUsage.rss()
    const result = await bench.run({ command: ['flood.mjs'], task: { url: `https://example.org/#${flood}` } })
    expect(result).toMatchObject({ outcome: 'completed', output: { rows: 1 } })
    expect(process.memoryUsage.rss() - memory).toBeLessThan(150e6)
    expect(logBytes()).toBeLessThan(CAP + 200_000)
    const reader = createLogReader()
    const last = await reader.read(bench.log, { from: 'end', limit: 2 })
    expect(last.lines.map(({ text }) => text)).toEqual([
      'the last line',
      expect.stringContaining('completed'),
    ])
    const first = await reader.read(bench.log, { from: { offset: 0 }, limit: 1 })
    expect(first.lines[0]?.text).toContain('flood.mjs')
  },
)
