import { parseSqlTime, sqlTimeMs } from '../domain/clock.ts'
import { reason } from '../domain/error.ts'
import { isEnabled, schedulesOf, type ScheduleState } from '../domain/schedule.ts'
import type { Change } from '../domain/store.ts'
import type { Core } from './core.ts'
import { actOnQueued, type Hands } from './schedule-act.ts'
import { cronRule, decideSlots } from './schedule-slots.ts'

/**
 * Milliseconds between two looks at the wall clock. However it jumps, or the machine sleeps, no timer that rests on an
 * older reading stands for longer.
 */
const TICK = 30_000

export interface ScheduleWatch {
  /** Looks at what is due as soon as the turn is free; calls that come meanwhile are one. */
  look(): void
  stop(): void
}

/** Decides every slot and acts on it, in an engine that stays; does nothing in another. */
export function createScheduleWatch(core: Core): ScheduleWatch {
  const round = createRound(core)
  let asked = false
  let stopped = !core.schedules
  let cancelTimer: (() => void) | undefined

  function look(): void {
    if (asked || stopped) return
    asked = true
    void core.turn(async () => {
      asked = false
      if (stopped) return
      cancelTimer?.()
      const wait = await round().catch(trouble)
      if (!stopped) cancelTimer = core.clock.after(wait, look)
    })
  }

  /** A disk that refuses is an alert of its own, and lets go of it; all else must not pass in silence either. */
  function trouble(error: unknown): number {
    if (core.live.alerts.has('storage')) return TICK
    core.live.alerts.set('storage', { code: 'storage', message: `no schedule is followed: ${reason(error)}` })
    core.publisher.publish({ type: 'engine' })
    return TICK
  }

  return {
    look,
    stop() {
      stopped = true
      cancelTimer?.()
    },
  }
}

/** One look at every schedule. It answers the milliseconds until the next one. */
function createRound(core: Core): () => Promise<number> {
  const hands: Hands = { backingUp: false }
  /** Per schedule: its next slot, and what that follows from. */
  const known = new Map<string, { from: string; next: number }>()

  return async function round() {
    const { live, clock, config, store, scheduler, publisher } = core
    // Nothing is started while the engine drains; what is due by then is looked at afterwards, as if it had slept.
    if (live.draining || live.closing) return TICK
    await actOnQueued(core, hands)
    const rules = schedulesOf(config)
    const states = new Map((await store.schedules()).map((state) => [state.name, state]))
    const idle = [...states.values()].filter((state) => {
      const rule = rules.find(({ name }) => name === state.name)
      return state.looked_at !== null && !(rule && isEnabled(rule, state))
    })
    if (idle.length > 0) await store.commit(idle.map((state) => remember({ ...state, looked_at: null })))

    let wait = TICK
    for (const rule of rules.filter((each) => isEnabled(each, states.get(each.name)))) {
      const now = clock.now()
      const looked_at = lookedAt(states.get(rule.name), rule.cron, now)
      const cron = cronRule(config, rule)
      const from = `${cron.cron} ${cron.time_zone} ${looked_at}`
      const last = known.get(rule.name)
      const next = last?.from === from ? last.next : nextAfter(looked_at)
      const enabled = states.get(rule.name)?.enabled ?? null
      const state = { name: rule.name, cron: rule.cron, looked_at: looked_at ?? sqlTimeMs(now), enabled }
      if (looked_at === null) await store.commit([remember(state)])
      else if (next <= now.getTime()) {
        const decided = await decideSlots(core, rule, looked_at, now)
        await store.commit([...decided, remember({ ...state, looked_at: sqlTimeMs(now) })])
        publisher.publish({ type: 'engine' })
        await actOnQueued(core, hands)
      } else known.set(rule.name, { from, next })
      wait = Math.min(wait, Math.max(next - clock.now().getTime(), 1))

      function nextAfter(moment: string | null): number {
        const after = moment === null ? now : parseSqlTime(moment)
        return scheduler.next(cron, after, 1)[0]?.getTime() ?? Number.POSITIVE_INFINITY
      }
    }
    return wait
  }
}

/** Null: the schedule begins now, with no past: it is new, its rule is, or the clock was set back. */
function lookedAt(state: ScheduleState | undefined, cron: string, now: Date): string | null {
  if (!state || state.cron !== cron || state.looked_at === null) return null
  return state.looked_at > sqlTimeMs(now) ? null : state.looked_at
}

function remember(schedule: ScheduleState): Change {
  return { type: 'schedule', schedule }
}
