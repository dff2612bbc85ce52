import { attemptBench } from '../support/attempts.ts'

/** What a scraper that writes `bytes` bytes of each kind, none of them a line, costs the engine's process. */
export async function flood(bytes: number): Promise<{ kind: string; outcome: string; growth_mb: number }[]> {
  const results = []
  for (const kind of ['zeros', 'letters', 'invalid', 'lines']) {
    const bench = attemptBench((config) => ({ ...config, execution: { ...config.execution, timeout: 600 } }))
    const before = process.memoryUsage.rss()
    let most = before
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 100)
    try {
      const url = `https://example.org/#${kind}=${bytes}`
      const { outcome } = await bench.run({ command: ['flood.mjs'], task: { url } })
      results.push({ kind, outcome, growth_mb: Math.round((most - before) / 1e6) })
    } finally {
      clearInterval(timer)
      await bench.close()
    }
  }
  return results
}
