import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { reason, ZafraError } from '../domain/error.ts'
import { loadSqlite } from './sqlite.ts'

/** Two that start at the same moment can refuse each other; the one that waits this long gets it. */
const RACE_MS = 200

/** Result code of SQLite: somebody else holds the lock. */
const SQLITE_BUSY = 5

/** Held here too, whatever the caller does with its lock: a connection that is garbage-collected lets go. */
const held = new Set<DatabaseSync>()

export interface Lock {
  release(): void
}

/** Who holds the lock. For messages only: the lock itself is the kernel's. */
export interface LockOwner {
  pid: number
  /** UTC, ISO 8601. */
  started_at: string
}

/**
 * The lock of a workspace, held until released or until this process ends, however it ends: the kernel's lock on
 * a file, taken by SQLite. Undefined: another process holds it.
 * @param folder the workspace's `.zafra` folder; made, for its owner alone, where there is none
 * @param startedAt since when the caller works on the workspace; null: it only looks, and owns nothing
 * @throws ZafraError `database` where the folder does not allow locks (source: faults.md, Two orchestrators)
 */
export function acquireLock(folder: string, startedAt: Date | null): Lock | undefined {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, 'lock.db')
    const database = new (loadSqlite().DatabaseSync)(path, { timeout: RACE_MS })
    try {
      database.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      database.close()
      if (isBusy(error)) return undefined
      throw error
    }
    held.add(database)
    chmodSync(path, 0o600)
    if (startedAt) writeOwner(folder, { pid: process.pid, started_at: startedAt.toISOString() })
    return {
      release() {
        held.delete(database)
        // Before the lock is let go: afterwards the file may be the next owner's.
        if (startedAt) rmSync(join(folder, 'owner.json'), { force: true })
        database.close()
      },
    }
  } catch (error) {
    throw new ZafraError(
      'database',
      `the workspace cannot be locked in ${folder}: ${reason(error)}; it must be a writable folder on a local disk`,
      { cause: error },
    )
  }
}

/** Who took the lock last to work on the workspace; undefined where nobody alive did. */
export function lockOwner(folder: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')) as LockOwner
    return isAlive(owner.pid) ? owner : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, and is not ours.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function writeOwner(folder: string, owner: LockOwner): void {
  const path = join(folder, 'owner.json')
  writeFileSync(`${path}.new`, JSON.stringify(owner), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}
