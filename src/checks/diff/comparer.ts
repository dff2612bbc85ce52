import { stat } from 'node:fs/promises'
import { reason, ZafraError } from '../../domain/error.ts'
import type {
  Changed,
  ChangedPage,
  Comparer,
  Comparison,
  DiffCounts,
  Outputs,
  Sweep,
} from '../../domain/diff.ts'
import { compareFiles } from './compare.ts'

/** Pairs of outputs whose counts are remembered: those of a few large batches. */
const MOST_REMEMBERED = 10_000
/** Listings of one pair that are kept around a page: whoever goes through them all reads the files a few times only. */
const STRETCH = 50_000

/** Listings of one kind in one pair, from the place `from` on. */
interface Stretch {
  key: string
  from: number
  listings: Changed[]
  /** In all. */
  chosen: number
}

/**
 * Compares outputs, and remembers the counts of a pair as long as its files and those around it stay as they are, and the listings around
 * the page that was asked for last.
 */
export function createComparer(): Comparer {
  const remembered = new Map<string, DiffCounts>()
  let stretch: Stretch | undefined

  async function compare(pair: string, outputs: Outputs, page?: ChangedPage): Promise<Comparison> {
    const comparison = await compareFiles(outputs, page)
    const [oldest] = remembered.keys()
    if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
    remembered.set(pair, comparison.counts)
    return comparison
  }

  return {
    async compare(given, page) {
      const outputs = await withoutLost(given)
      const pair = await nameOf(outputs)
      const known = remembered.get(pair)
      // A page of a kind of which there is nothing needs no look at the files.
      if (known && (!page || known[page.kind] === 0)) return { counts: known, changed: [], chosen: 0 }
      if (!page) return compare(pair, outputs)
      const key = `${pair}\n${page.kind}\n${page.chooses?.name ?? ''}`
      let counts = known
      let own = stretch
      if (!counts || own?.key !== key || !holds(own, page)) {
        // Half of it before the page: a list is scrolled backwards too.
        const first = Math.max(0, page.offset - STRETCH / 2)
        const whole = await compare(pair, outputs, { ...page, offset: first, limit: STRETCH })
        counts = whole.counts
        own = { key, from: first, listings: whole.changed, chosen: whole.chosen }
        stretch = own
      }
      const at = page.offset - own.from
      return { counts, changed: own.listings.slice(at, at + page.limit), chosen: own.chosen }
    },
  }
}

function holds({ from, listings, chosen }: Stretch, { offset, limit }: ChangedPage): boolean {
  return from <= offset && Math.min(offset + limit, chosen) <= from + listings.length
}

/** The sweeps around the two are read as far as they are there. */
async function withoutLost(outputs: Outputs): Promise<Outputs> {
  const there = async (sweep: Sweep) => (await stat(sweep.path).catch(() => null)) !== null
  const earlier: Sweep[] = []
  for (const sweep of outputs.earlier) if (await there(sweep)) earlier.push(sweep)
  const { between } = outputs
  return { ...outputs, earlier, between: between && (await there(between)) ? between : null }
}

async function nameOf({ from, to, earlier, between }: Outputs): Promise<string> {
  const all = [from, to, ...(between ? [between] : []), ...earlier]
  const names: string[] = []
  // One after the other, so that of several that are not there always the first is named.
  for (const { path, full, gone } of all) {
    const noted = gone === null ? '' : await identity(gone).catch(() => '')
    names.push(`${await identity(path)} ${full} ${noted}`)
  }
  return `${between !== null}\n${names.join('\n')}`
}

async function identity(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path)
    return `${path} ${ino} ${size} ${mtimeMs}`
  } catch (error) {
    throw new ZafraError('not_found', `the output ${path} cannot be read: ${reason(error)}`, { cause: error })
  }
}
