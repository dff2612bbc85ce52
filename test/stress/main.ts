import { parseArgs } from 'node:util'
import { cancels } from './cancels.ts'
import { flood } from './flood.ts'
import { hangUp, WAYS } from './hangups.ts'
import { monkey } from './monkey.ts'
import { texts } from './texts.ts'

/**
 * `npm run stress -- NAME [--count N]`: what the test suite does a few times, as often as one likes. Exit status 1
 * where anything went wrong.
 */
const RUNS: Record<string, { count: number; run(count: number): Promise<{ told: object; good: boolean }> }> =
  {
    cancels: {
      count: 200,
      async run(count) {
        const told = await cancels(count, 4)
        return { told, good: told.survivors.length === 0 && told.slowest_ms <= 3000 }
      },
    },
    hangups: { count: 100, run: hangups },
    monkey: {
      count: 10_000,
      async run(count) {
        const told = await monkey(count, Math.floor(Math.random() * 1_000_000))
        const { crashes, wrong, cancelled, restored } = told
        return { told, good: crashes.length + wrong.length + cancelled === 0 && restored }
      },
    },
    texts: {
      count: 1_000_000,
      async run(count) {
        const told = texts(count)
        return { told, good: told.passed.length === 0 }
      },
    },
    flood: {
      count: 1_000_000_000,
      async run(count) {
        const told = await flood(count)
        return { told, good: told.every((each) => each.outcome === 'completed' && each.growth_mb <= 150) }
      },
    },
  }

async function hangups(count: number) {
  const times: number[] = []
  const bad: string[] = []
  for (let round = 0; round < count; round++) {
    const way = WAYS[round % WAYS.length] ?? 'signal'
    const { gone_ms, completed, free } = await hangUp(way)
    times.push(gone_ms)
    if (gone_ms > 1000 || completed !== 6 || !free) {
      bad.push(`${way}: gone after ${gone_ms} ms, ${completed} of 6 completed, workspace free: ${free}`)
    }
  }
  return { told: { hung_up: times.length, slowest_ms: Math.max(...times), bad }, good: bad.length === 0 }
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { count: { type: 'string' } } })
const [name = ''] = positionals
const chosen = RUNS[name]
if (!chosen) {
  console.error(`say which: ${Object.keys(RUNS).join(', ')}`)
  process.exitCode = 2
} else {
  const began = performance.now()
  const { told, good } = await chosen.run(Number(values.count ?? chosen.count))
  console.log(name, told, `${Math.round((performance.now() - began) / 1000)} s`)
  process.exitCode = good ? 0 : 1
}
