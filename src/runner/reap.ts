import { createHash } from 'node:crypto'
import { realpathSync, statSync } from 'node:fs'
import type { Clock } from '../domain/clock.ts'
import { allProcesses, carriesTag, signalProcess } from './processes.ts'

/** Milliseconds for killed processes to disappear before the next look. */
const PAUSE = 20

/** The beginning of every tag of one workspace: the same after a restart, different for a copy of the workspace. */
export function workspaceTagPrefix(workspace: string): string {
  const path = realpathSync(workspace)
  const { dev, ino } = statSync(path)
  return `${createHash('sha256').update(`${path}\0${dev}\0${ino}`).digest('hex').slice(0, 16)}.`
}

/**
 * Kills every process whose ZAFRA_RUN is `tag`, or with a prefix, begins with it; resolves with their number when none
 * is left. A tag of one attempt is looked for twice: a process that is just being started has none for a moment.
 */
export async function reapTagged(tag: string, match: 'whole' | 'prefix', clock: Clock): Promise<number> {
  const killed = new Set<string>()
  for (let looks = match === 'whole' ? 2 : 1; looks > 0;) {
    const left = (await allProcesses()).filter(
      ({ pid }) => pid !== process.pid && carriesTag(pid, tag, match),
    )
    for (const each of left) {
      signalProcess(each, 'SIGKILL')
      killed.add(`${each.pid} ${each.started}`)
    }
    looks = left.length > 0 ? 2 : looks - 1
    if (looks > 0) await new Promise<void>((resolve) => clock.after(PAUSE, resolve))
  }
  return killed.size
}
