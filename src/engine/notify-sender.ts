import { parseSqlTime, sqlTimeMs } from '../domain/clock.ts'
import { reason } from '../domain/error.ts'
import type { DeliverySettlement, QueuedDelivery, Sent } from '../domain/notice.ts'
import { retryDelay } from '../domain/retry.ts'
import type { Change, Store } from '../domain/store.ts'
import type { Core } from './core.ts'
import { createLines } from './notify-lines.ts'
import { untilWritten } from './storage.ts'
import { watchStore } from './watch-store.ts'

/** Between the tries of one notice; seconds. */
const RETRY = { retry_delay: 30, retry_factor: 2, retry_max_delay: 3600, retry_jitter: 0.2 }

/** Milliseconds: no wait that we set is longer, so a longer one is left from a clock that was set back. */
const LONGEST_WAIT = 2 * RETRY.retry_max_delay * 1000

/** Failed tries of one notice from which on the person is told. */
const TROUBLE = 3

/** Milliseconds for which what was sent or given up is remembered. */
const KEPT = 30 * 24 * 3600 * 1000

/** Milliseconds that the end of the engine waits for what is due to be delivered. */
const FLUSH = 25_000

export interface Sender {
  /** Something may be due. */
  look(): void
  /** Tries once what is due, for a bounded time; then nothing is sent any more. */
  close(): Promise<void>
}

/**
 * Empties the outbox, outside the turn: each channel by itself and in its own order, so that a slow one holds up no
 * other. A notice is marked after it was sent; a crash between the two sends it again under the same id.
 */
export function createSender(core: Core): Sender {
  const { store, clock, live, messenger } = core
  const busy = new Map<string, Promise<void>>()
  /** Busy channels that were looked at meanwhile. */
  const again = new Set<string>()
  const timers = new Map<string, () => void>()
  const troubles = new Map<string, string>()
  const stop = new AbortController()
  const complete = createLines(core)

  function serve(channel: string): void {
    if (busy.has(channel)) return void again.add(channel)
    timers.get(channel)?.()
    timers.delete(channel)
    busy.set(channel, work(channel))
  }

  async function work(channel: string): Promise<void> {
    try {
      await empty(channel)
    } catch (error) {
      wait(channel, RETRY.retry_delay * 1000)
      note(channel, reason(error))
    }
    busy.delete(channel)
    if (again.delete(channel) && !stop.signal.aborted) serve(channel)
  }

  async function empty(channel: string): Promise<void> {
    while (!stop.signal.aborted) {
      const head = await store.nextDelivery(channel)
      if (!head) return
      const due = dueIn(head)
      if (due > 0) return wait(channel, due)
      const sent = await send(head)
      if (sent === undefined) return
      const set = settlement(core, head, sent)
      await untilWritten(core, () => store.commit(settled(core, head, set)))
      note(channel, sent.sent ? null : toldOf(head, sent, set))
    }
  }

  /** Undefined: it was cut short by the end of the engine, and stays as it is. */
  async function send(delivery: QueuedDelivery): Promise<Sent | undefined> {
    if (!messenger) return undefined
    const whole = await untilStopped(complete(delivery), stop.signal)
    if (!whole) return undefined
    const sent = await untilStopped(messenger.send(whole, stop.signal), stop.signal)
    return stop.signal.aborted && !sent?.sent ? undefined : sent
  }

  function dueIn({ next_try_at }: QueuedDelivery): number {
    if (next_try_at === null) return 0
    const due = parseSqlTime(next_try_at).getTime() - clock.now().getTime()
    return due > LONGEST_WAIT ? 0 : due
  }

  function wait(channel: string, ms: number): void {
    if (!live.closing)
      timers.set(
        channel,
        clock.after(ms, () => serve(channel)),
      )
  }

  /** @param trouble null: the channel takes notices */
  function note(channel: string, trouble: string | null): void {
    if (trouble === null) troubles.delete(channel)
    else troubles.set(channel, trouble)
    const before = live.alerts.get('notify')?.message
    const message = [...troubles].map(([name, told]) => `channel ${name}: ${told}`).join('; ')
    if (message === (before ?? '')) return
    if (message === '') live.alerts.delete('notify')
    else live.alerts.set('notify', { code: 'notify', message })
    core.publisher.publish({ type: 'engine' })
  }

  function toldOf(
    head: QueuedDelivery,
    sent: Sent & { sent: false },
    set: DeliverySettlement,
  ): string | null {
    if (set.state === 'given_up') return `a notice (${head.notice.event}) was given up: ${sent.reason}`
    return head.tries + 1 >= TROUBLE
      ? `takes no notices: ${sent.reason}`
      : (troubles.get(head.channel) ?? null)
  }

  async function look(): Promise<void> {
    for (const channel of await store.queuedChannels()) serve(channel)
  }

  return {
    look() {
      if (messenger && !stop.signal.aborted) void look().catch(() => {})
    },
    async close() {
      for (const cancel of timers.values()) cancel()
      if (messenger) {
        const inTime = clock.after(FLUSH, () => stop.abort())
        await look().catch(() => {})
        while (busy.size > 0) await Promise.all(busy.values())
        inTime()
      }
      stop.abort()
    },
  }
}

function settlement(core: Core, head: QueuedDelivery, sent: Sent): DeliverySettlement {
  const now = core.clock.now()
  const ended_at = sqlTimeMs(now)
  if (sent.sent) return { state: 'sent', ended_at }
  const tries = head.tries + 1
  const delay = Math.max(retryDelay(RETRY, tries, core.random), sent.wait_s ?? 0)
  const next = new Date(now.getTime() + Math.min(delay, RETRY.retry_max_delay) * 1000)
  const last = parseSqlTime(head.created_at).getTime() + core.config.notify.give_up_after * 1000
  if (sent.final || next.getTime() > last) return { state: 'given_up', ended_at, reason: sent.reason }
  return { state: 'queued', tries, next_try_at: sqlTimeMs(next), reason: sent.reason }
}

function settled({ clock }: Core, { id }: QueuedDelivery, set: DeliverySettlement): Change[] {
  const before = sqlTimeMs(new Date(clock.now().getTime() - KEPT))
  return [
    { type: 'notice_settled', id, set },
    { type: 'forget_notices', before },
  ]
}

/** @param queued called when a notice was written */
export function watchOutbox(store: Store, queued: () => void): Store {
  return watchStore(store, (changes) => {
    if (changes.some(({ type }) => type === 'notice_queued')) queued()
  })
}

/** What `work` comes to, or undefined as soon as `stopped` says so; whatever it comes to after that is nobody's. */
async function untilStopped<T>(work: Promise<T>, stopped: AbortSignal): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const give = () => resolve(undefined)
  stopped.addEventListener('abort', give)
  if (stopped.aborted) give()
  try {
    return await Promise.race([work, promise])
  } finally {
    stopped.removeEventListener('abort', give)
  }
}
