import type { Alert } from '../domain/query.ts'
import type { Core } from './core.ts'
import { watchAlerts } from './notify-alerts.ts'
import { createSender } from './notify-sender.ts'

/** Tells those who do not look. */
export interface Notifier {
  /** Takes up what an engine before this one has told. */
  recall(): Promise<void>
  /** The outbox may hold something that is due. */
  look(): void
  /** Alerts may have come or gone. */
  hear(): void
  /** Tries once what is due, for a bounded time; then nothing is sent any more. */
  close(): Promise<void>
}

/** @param alerts those that stand now */
export function createNotifier(core: Core, alerts: () => readonly Alert[]): Notifier {
  const sender = createSender(core)
  const watch = watchAlerts(core, alerts)
  return {
    recall: () => watch.recall(),
    look: () => sender.look(),
    hear: () => watch.look(),
    async close() {
      await watch.close()
      await sender.close()
    },
  }
}
