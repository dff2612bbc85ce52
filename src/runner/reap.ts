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

/** Kills every process whose ZAFRA_RUN begins with `prefix`; resolves with their number when none is left. */
export async function reapTagged(prefix: string, clock: Clock): Promise<number> {
  const killed = new Set<string>()
  for (;;) {
    const left = (await allProcesses()).filter(
      ({ pid }) => pid !== process.pid && carriesTag(pid, prefix, 'prefix'),
    )
    if (left.length === 0) return killed.size
    for (const each of left) {
      signalProcess(each, 'SIGKILL')
      killed.add(`${each.pid} ${each.started}`)
    }
    await new Promise<void>((resolve) => clock.after(PAUSE, resolve))
  }
}
