import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createComparer } from '../../src/checks/index.ts'
import { writeListings } from './checks.ts'
import { resident, seconds, type Figure } from './figure.ts'

const LISTINGS = 500_000

/** Two batches of half a million listings, in one combination: the most that memory is ever asked for. */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zafra-bench-'))
  try {
    const [from, to] = [join(folder, 'from.csv'), join(folder, 'to.csv')]
    await writeListings(from, LISTINGS, 1)
    await writeListings(to, LISTINGS, 2)
    const before = resident()
    let most = before
    const timer = setInterval(() => (most = Math.max(most, resident())), 5)
    const sweep = (batch: string, path: string) => ({ batch, at: null, path, full: true, gone: null })
    const outputs = { from: sweep('a', from), to: sweep('b', to), earlier: [], between: null }
    const comparer = createComparer()
    const time = await seconds(async () => {
      const { counts } = await comparer.compare(outputs)
      const expected = {
        before: LISTINGS,
        after: LISTINGS,
        new: 50_000,
        gone: 0,
        unseen: 50_000,
        back: 0,
        up: 50_000,
        down: 0,
      }
      if (JSON.stringify(counts) !== JSON.stringify(expected)) throw new Error(JSON.stringify(counts))
    })
    const pages = await seconds(async () => {
      for (let offset = 0; offset < 50_000; offset += 1000) {
        const { changed } = await comparer.compare(outputs, { kind: 'unseen', offset, limit: 1000 })
        if (changed.length !== 1000) throw new Error(`${changed.length} listings at ${offset}`)
      }
    })
    clearInterval(timer)
    return [
      {
        what: `diff of 2 × ${LISTINGS.toLocaleString('en')} listings`,
        measured: `${time.toFixed(1)} s`,
        baseline: '',
        goal: '<= 60 s',
      },
      {
        what: 'resident memory of the whole process at most',
        measured: `${Math.round(most)} MiB`,
        baseline: `${Math.round(before)} MiB before`,
        goal: '<= 300 MB',
      },
      {
        what: 'every page of the 50,000 that were not seen',
        measured: `${pages.toFixed(1)} s`,
        baseline: '',
        goal: '',
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
