import type { Config } from '../../domain/config.ts'
import { ZafraError } from '../../domain/error.ts'
import { readProcess } from '../../runner/processes.ts'
import { acquireLock, lockOwner } from '../../store/index.ts'
import { stateFolder } from '../attach.ts'
import type { Io } from '../command.ts'
import { readRecord, type DaemonRecord } from './record.ts'

const LOOK_MS = 50
/** Asked to hurry, it is told again so often: signals that come together are one. */
const AGAIN_MS = 300
/** Seconds beyond its own deadline that a daemon may take for stopping trees and a last snapshot. */
const PATIENCE = 60

/**
 * The process that is the workspace's daemon at this moment. The configuration is not asked: what is wrong with it must
 * not keep anybody from a daemon that runs.
 * @throws ZafraError `no_engine` where none is
 */
export function findDaemon(of: Pick<Config, 'workspace'>): DaemonRecord {
  const folder = stateFolder(of)
  const lock = acquireLock(folder, null)
  lock?.release()
  if (lock) throw new ZafraError('no_engine', `no daemon runs in ${of.workspace}; zafra daemon start does`)
  // Whoever holds the lock wrote down who it is, and nobody else can have: its id is not another's by now.
  const owner = lockOwner(folder)
  const record = readRecord(of)
  if (owner && record && owner.pid === record.pid) return record
  const who = owner ? `process ${owner.pid}` : 'another process'
  throw new ZafraError('no_engine', `no daemon runs in ${of.workspace}: ${who} has it, in a session`)
}

/**
 * Tells the daemon to end and waits until it is gone. Returns its process id.
 * @param now whether what runs is stopped at once, not let to its end
 * @throws ZafraError `no_engine` where none runs, `conflict` where it is still there long after its deadline
 */
export async function stopDaemon(
  of: Pick<Config, 'workspace'>,
  now: boolean,
  { clock }: Pick<Io, 'clock'>,
): Promise<number> {
  const { pid, drain_timeout, grace } = findDaemon(of)
  const started = readProcess(pid)?.started
  const isThere = () => started !== undefined && readProcess(pid)?.started === started
  const seconds = (now ? 0 : drain_timeout) + grace + PATIENCE
  const deadline = clock.monotonic() + seconds * 1000
  let told = Number.NEGATIVE_INFINITY
  while (isThere()) {
    if (clock.monotonic() >= deadline) {
      throw new ZafraError(
        'conflict',
        `process ${pid} is still there after ${seconds} s; zafra daemon stop --now hurries it`,
      )
    }
    if (told === Number.NEGATIVE_INFINITY || (now && clock.monotonic() - told >= AGAIN_MS)) {
      told = clock.monotonic()
      process.kill(pid, 'SIGTERM')
    }
    await new Promise<void>((resolve) => clock.after(LOOK_MS, resolve))
  }
  return pid
}
