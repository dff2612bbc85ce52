import type { Results } from '../domain/command.ts'
import { reason } from '../domain/error.ts'
import type { Store } from '../domain/store.ts'
import type { Core } from './core.ts'
import { watchStore } from './watch-store.ts'

/**
 * Backs the database up after a batch, beside the work: only the end of the engine waits for it. One that fails
 * is an alert until the next one succeeds; it stops nothing.
 */
export function backUp(core: Core): void {
  backUpNow(core).catch(() => {})
}

/** The same for one who waits for it. @throws ZafraError `storage`, `database` */
export function backUpNow(core: Core): Promise<Results['backup']> {
  return inLine(core, () => makeOne(core))
}

/** Backups, and what belongs to them, are made one after another. */
export function inLine<T>({ live }: Core, work: () => Promise<T>): Promise<T> {
  const mine = live.backup.then(work)
  live.backup = over(mine)
  return mine
}

async function over(work: Promise<unknown>): Promise<void> {
  await work.catch(() => undefined)
}

/** In line only. @throws ZafraError `storage`, `database` */
export async function makeOne({ backups, live, publisher }: Core): Promise<Results['backup']> {
  live.unsaved = false
  try {
    const made = await backups.make()
    if (live.alerts.delete('backup')) publisher.publish({ type: 'engine' })
    return made
  } catch (error) {
    live.unsaved = true
    live.alerts.set('backup', {
      code: 'backup',
      message: `the last backup was not made: ${reason(error)}`,
    })
    publisher.publish({ type: 'engine' })
    throw error
  }
}

/** What only keeps the ledger of slots is no reason for a backup, which would then be made for having been made. */
const LEDGER: ReadonlySet<string> = new Set([
  'schedule',
  'slot_decided',
  'slot_settled',
  'forget_slots',
  'notice_settled',
  'forget_notices',
])

/** @param wrote called after each write of anything else */
export function watchWrites(store: Store, wrote: () => void): Store {
  return watchStore(store, (changes, batch) => {
    if (batch || changes.some(({ type }) => !LEDGER.has(type))) wrote()
  })
}
