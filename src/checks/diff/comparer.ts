import { stat } from 'node:fs/promises'
import { reason, ZafraError } from '../../domain/error.ts'
import type { Comparer, DiffCounts } from '../../domain/diff.ts'
import { compareFiles } from './compare.ts'

/** Pairs of outputs whose counts are remembered: those of a few large batches. */
const MOST_REMEMBERED = 10_000

/** Compares outputs, and remembers the counts of a pair as long as its files stay as they are. */
export function createComparer(): Comparer {
  const remembered = new Map<string, DiffCounts>()
  return {
    async compare(from, to, page) {
      const key = `${await identity(from)}\n${await identity(to)}`
      const counts = remembered.get(key)
      // A page of a kind of which there is nothing needs no look at the files.
      if (counts && (!page || counts[page.kind] === 0)) return { counts, changed: [], chosen: 0 }
      const comparison = await compareFiles(from, to, page)
      const [oldest] = remembered.keys()
      if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest)
      remembered.set(key, comparison.counts)
      return comparison
    },
  }
}

async function identity(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path)
    return `${path} ${ino} ${size} ${mtimeMs}`
  } catch (error) {
    throw new ZafraError('not_found', `the output ${path} cannot be read: ${reason(error)}`, { cause: error })
  }
}
