import type { Alert } from '../domain/query.ts'
import type { Change } from '../domain/store.ts'
import type { Core } from './core.ts'
import { tell } from './notify.ts'

/** Milliseconds for which an alert must stand before anybody is told: much of it passes by itself. */
const SETTLE = 60_000

/** The machine's limits only pace the work; trouble with a channel cannot be told by it. */
const NOT_TOLD: ReadonlySet<string> = new Set(['cpu', 'memory', 'notify', 'paused'])

/** These stand until something is done about them. */
const AT_ONCE: ReadonlySet<string> = new Set(['backup', 'changed', 'lists'])

export interface AlertWatch {
  /** Takes up what an engine before this one has told: one that does not stand any more is over. */
  recall(): Promise<void>
  /** Alerts may have come or gone. */
  look(): void
  /** Resolves when what was to be told is in the outbox, or sent. */
  close(): Promise<void>
}

interface Known {
  alert: Pick<Alert, 'message'> & { code: string }
  told: boolean
  /** Of an engine before this one, which had what this one may come upon yet. */
  recalled: boolean
  cancel: () => void
}

/** Tells of alerts that last, and when those are over. @param alerts those that stand now */
export function watchAlerts(core: Core, alerts: () => readonly Alert[]): AlertWatch {
  const known = new Map<string, Known>()
  const pending = new Set<Promise<void>>()

  function look(): void {
    const now = new Map<string, Alert>(alerts().map((alert) => [alert.code, alert]))
    for (const [code, { alert, told, recalled, cancel }] of known) {
      if (now.has(code) || recalled) continue
      cancel()
      known.delete(code)
      if (told) queue(tell(core, { event: 'recovered', of: { what: 'alert', ...alert } }))
    }
    for (const [code, alert] of now) {
      const one = known.get(code)
      if (one) Object.assign(one, { alert, recalled: false })
      else if (!NOT_TOLD.has(code)) begin(alert)
    }
  }

  async function recall(): Promise<void> {
    for (const alert of await core.store.toldAlerts()) {
      if (NOT_TOLD.has(alert.code) || known.has(alert.code)) continue
      const one: Known = { alert, told: true, recalled: true, cancel: () => {} }
      known.set(alert.code, one)
      one.cancel = core.clock.after(SETTLE, () => {
        one.recalled = false
        look()
      })
    }
  }

  function begin(alert: Alert): void {
    const one: Known = { alert, told: false, recalled: false, cancel: () => {} }
    known.set(alert.code, one)
    if (AT_ONCE.has(alert.code)) say()
    else one.cancel = core.clock.after(SETTLE, say)

    function say(): void {
      one.told = true
      queue(tell(core, { event: 'alert', ...one.alert }))
    }
  }

  function queue(changes: Change[]): void {
    if (changes.length === 0) return
    const work = write(changes).finally(() => pending.delete(work))
    pending.add(work)
  }

  async function write(changes: readonly Change[]): Promise<void> {
    try {
      await core.turn(() => core.store.commit(changes))
    } catch {
      await sendNow(changes)
    }
  }

  /** The outbox cannot be written, which may be the very thing to tell: one try past it is better than none. */
  async function sendNow(changes: readonly Change[]): Promise<void> {
    await Promise.all(
      changes.map(async (change) => {
        if (change.type === 'notice_queued') await core.messenger?.send(change.delivery)
      }),
    )
  }

  return {
    recall,
    look,
    async close() {
      for (const { cancel } of known.values()) cancel()
      await Promise.all(pending)
    },
  }
}
