import type { Clock } from '../domain/clock.ts'
import type { Usage } from '../domain/runner.ts'
import { allProcesses } from './processes.ts'
import type { ProcessTree } from './tree.ts'

/** Milliseconds between two looks at the processes of the machine. */
const INTERVAL = 2000

/** What a program takes in its first moments says nothing. */
const SHORTEST = 500

/** Looks at all running attempts at once, now and then: remembers their descendants and sums what they use. */
export interface Watch {
  /** Tells `onUsage` what the tree uses at each look. The returned function ends it. */
  add(tree: ProcessTree, onUsage: (usage: Usage) => void): () => void
}

interface Watched {
  onUsage: (usage: Usage) => void
  /** At the last look: `Clock.monotonic`, and seconds of processor time. */
  at: number
  seconds: number
}

export function createWatch(clock: Clock): Watch {
  const trees = new Map<ProcessTree, Watched>()
  let scheduled: (() => void) | undefined

  async function look(): Promise<void> {
    scheduled = undefined
    const processes = await allProcesses()
    const now = clock.monotonic()
    for (const [tree, watched] of trees) {
      const { resident, seconds } = tree.observe(processes)
      if (now - watched.at < SHORTEST) continue
      watched.onUsage({ cpu_percent: share(watched, now, seconds), memory_bytes: resident })
      watched.at = now
      watched.seconds = seconds
    }
    schedule()
  }

  function schedule(): void {
    if (trees.size > 0) scheduled ??= clock.after(INTERVAL, () => void look())
  }

  return {
    add(tree, onUsage) {
      trees.set(tree, { onUsage, at: clock.monotonic(), seconds: 0 })
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

/** Percent of one processor since the last look. A child that nobody waited for takes its time with it. */
function share(before: Watched, now: number, seconds: number): number {
  return (100 * Math.max(seconds - before.seconds, 0)) / ((now - before.at) / 1000)
}
