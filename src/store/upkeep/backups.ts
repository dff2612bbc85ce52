import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Backups } from '../../domain/backups.ts'
import type { Clock } from '../../domain/clock.ts'
import { reason, ZafraError } from '../../domain/error.ts'
import type { BackupOptions } from './backup.ts'

/** `.js` where the program is built. */
const THREAD = new URL(`./backup-thread${extname(fileURLToPath(import.meta.url))}`, import.meta.url)

/**
 * Backups in a thread of their own: reading the whole database a second time holds up neither the engine nor the
 * screen, and the memory that it takes is given back.
 */
export function createBackups(options: BackupOptions, clock: Clock): Backups {
  return {
    make: () =>
      new Promise((resolve, reject) => {
        const { path, backup_dir, backup_retention } = options
        const workerData = { options: { path, backup_dir, backup_retention }, now: clock.now() }
        const thread = new Worker(THREAD, { workerData })
        let made: { path: string; bytes: number } | undefined
        thread.once('message', (message: typeof made) => (made = message))
        thread.once('error', (error) => {
          reject(new ZafraError('storage', reason(error), { cause: error }))
        })
        thread.once('exit', (status) => {
          if (status === 0 && made) resolve(made)
          else reject(new ZafraError('internal', `the thread that makes a backup ended with ${status}`))
        })
      }),
  }
}
