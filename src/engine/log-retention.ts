import { reason } from '../domain/error.ts'
import { inLine } from './backup.ts'
import type { Core } from './core.ts'

/**
 * Lets old logs go after a batch, beside the work. Where one cannot be removed that is an alert until it can; it
 * stops nothing.
 */
export function pruneLogs(core: Core): void {
  const { retention, live, publisher } = core
  if (!retention) return
  const spared = (batch_id: string) => live.closing || isOpen(core, batch_id)
  void inLine(core, () => retention.prune(spared))
    .then(() => live.alerts.delete('logs'))
    .catch((error: unknown) => {
      live.alerts.set('logs', { code: 'logs', message: `old logs are not removed: ${reason(error)}` })
      return true
    })
    .then((changed) => changed && publisher.publish({ type: 'engine' }))
}

function isOpen({ live }: Core, batch_id: string): boolean {
  if (live.active.has(batch_id) || live.unfinished.has(batch_id)) return true
  return [...live.running.values()].some(({ task }) => task.execution_batch === batch_id)
}
