import type { Clock } from '../domain/clock.ts'
import { allProcesses } from './processes.ts'
import type { ProcessTree } from './tree.ts'

/** Milliseconds between two looks at the processes of the machine. */
const INTERVAL = 2000

/** Looks at all running attempts at once, now and then: remembers their descendants and sums their memory. */
export interface Watch {
  /** Tells `onResident` the bytes of resident memory at each look. The returned function ends it. */
  add(tree: ProcessTree, onResident: (bytes: number) => void): () => void
}

export function createWatch(clock: Clock): Watch {
  const trees = new Map<ProcessTree, (bytes: number) => void>()
  let scheduled: (() => void) | undefined

  async function look(): Promise<void> {
    scheduled = undefined
    const processes = await allProcesses()
    for (const [tree, onResident] of trees) onResident(tree.observe(processes).resident)
    schedule()
  }

  function schedule(): void {
    if (trees.size > 0) scheduled ??= clock.after(INTERVAL, () => void look())
  }

  return {
    add(tree, onResident) {
      trees.set(tree, onResident)
      schedule()
      return () => {
        trees.delete(tree)
        if (trees.size > 0) return
        scheduled?.()
        scheduled = undefined
      }
    },
  }
}
