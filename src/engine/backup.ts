import { reason } from '../domain/error.ts'
import type { Core } from './core.ts'

/**
 * Backs the database up after a batch, beside the work: only the end of the engine waits for it. One that fails
 * is an alert until the next one succeeds; it stops nothing.
 */
export function backUp(core: Core): void {
  core.live.backup = core.live.backup.then(() => makeOne(core))
}

async function makeOne({ backups, live, publisher }: Core): Promise<void> {
  try {
    await backups.make()
    if (live.alerts.delete('backup')) publisher.publish({ type: 'engine' })
  } catch (error) {
    live.alerts.set('backup', {
      code: 'backup',
      message: `there is no backup after this batch: ${reason(error)}`,
    })
    publisher.publish({ type: 'engine' })
  }
}
