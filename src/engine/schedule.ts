import { parseSqlTime, sqlTime, sqlTimeMs } from '../domain/clock.ts'
import type { ScheduleConfig } from '../domain/config.ts'
import { reason } from '../domain/error.ts'
import { isEnabled, schedulesOf, type ScheduleState } from '../domain/schedule.ts'
import type { Change } from '../domain/store.ts'
import type { Core } from './core.ts'
import { createRounds, type Rounds } from './rounds.ts'
import { actOnQueued, type Hands } from './schedule-act.ts'
import { cronRule, decideSlots, undoneSince } from './schedule-slots.ts'

/**
 * Milliseconds between two looks at the wall clock. However it jumps, or the machine sleeps, no timer that rests on an
 * older reading stands for longer.
 */
const TICK = 30_000

/** Milliseconds for which a slot stays in the ledger: batches are looked at year by year. */
const KEPT = 400 * 24 * 3600 * 1000

/** Decides every slot and acts on it, in an engine that stays; does nothing in another. */
export function createScheduleWatch(core: Core): Rounds {
  if (!core.schedules) return { look: () => {}, stop: () => {} }
  const round = createRound(core)

  const { alerts } = core.live

  /** A disk that refuses is an alert of its own; all else must not pass in silence either, but it stops no work. */
  function trouble(error: unknown): number {
    if (alerts.has('storage')) return TICK
    alerts.set('schedule', { code: 'schedule', message: `no schedule is followed: ${reason(error)}` })
    core.publisher.publish({ type: 'engine' })
    return TICK
  }

  function over(wait: number): number {
    if (alerts.delete('schedule')) core.publisher.publish({ type: 'engine' })
    return wait
  }

  return createRounds(core, () => round().then(over, trouble))
}

/** One look at every schedule. It answers the milliseconds until the next one. */
function createRound(core: Core): () => Promise<number> {
  const { clock, store, publisher } = core
  const hands: Hands = { backingUp: false }
  const soonest = createSoonest(core)
  let looked: number | undefined

  return async function round() {
    // Nothing is started while the engine drains; what is due by then is looked at afterwards, as if it had slept.
    if (core.live.draining || core.live.closing) return TICK
    const elapsed = looked === undefined ? undefined : clock.monotonic() - looked
    looked = clock.monotonic()
    await actOnQueued(core, hands)
    const states = await followed(core)
    let wait = TICK
    for (const [rule, state] of states) {
      const now = clock.now()
      const since = await decidedUpTo(core, rule, state, now, elapsed)
      const next = soonest(rule, since ?? sqlTimeMs(now))
      const due = since !== null && next <= now.getTime()
      const lines = due ? await decideSlots(core, rule, since, now) : []
      const looked_at = since === null || due ? sqlTimeMs(now) : since
      if (looked_at !== state?.looked_at) {
        const schedule = { name: rule.name, cron: rule.cron, looked_at, enabled: state?.enabled ?? null }
        const before = sqlTime(new Date(now.getTime() - KEPT))
        const old: Change[] = due ? [{ type: 'forget_slots', schedule: rule.name, before }] : []
        await store.commit([...lines, ...old, { type: 'schedule', schedule }])
      }
      if (due) {
        publisher.publish({ type: 'engine' })
        await actOnQueued(core, hands)
      }
      wait = Math.min(wait, Math.max(soonest(rule, looked_at) - clock.now().getTime(), 1))
    }
    return wait
  }
}

/** The enabled rules, each with what is remembered of it. Any other begins anew when it is enabled or there again. */
async function followed(core: Core): Promise<[ScheduleConfig, ScheduleState | undefined][]> {
  const states = new Map((await core.store.schedules()).map((state) => [state.name, state]))
  const rules = schedulesOf(core.config).filter((rule) => isEnabled(rule, states.get(rule.name)))
  const names = new Set(rules.map(({ name }) => name))
  const left = [...states.values()].filter(({ name, looked_at }) => looked_at !== null && !names.has(name))
  if (left.length > 0) {
    await core.store.commit(
      left.map((state) => ({ type: 'schedule', schedule: { ...state, looked_at: null } })),
    )
  }
  return rules.map((rule) => [rule, states.get(rule.name)])
}

/**
 * From when on slots are to be decided; null: the schedule begins now, with no past. Where the clock was set back since
 * the last look, what it has shown from then on is still to be decided. Where it was set back while no engine looked,
 * nobody knows how far: what it left undone while it ran ahead is decided anew, as far as it can still be made up for.
 * The ledger sees to it that nothing is done twice.
 * @param elapsed milliseconds since the last look; undefined: this engine's first
 */
async function decidedUpTo(
  core: Core,
  rule: ScheduleConfig,
  state: ScheduleState | undefined,
  now: Date,
  elapsed: number | undefined,
): Promise<string | null> {
  if (!state || state.cron !== rule.cron || state.looked_at === null) return null
  if (state.looked_at <= sqlTimeMs(now)) return state.looked_at
  if (elapsed !== undefined) return sqlTimeMs(new Date(now.getTime() - elapsed))
  return sqlTimeMs((await undoneSince(core, rule, state.looked_at, now)) ?? now)
}

/** When a rule is due next after a moment, in milliseconds; remembered, as it is asked for at every look. */
function createSoonest(core: Core): (rule: ScheduleConfig, after: string) => number {
  const known = new Map<string, { from: string; next: number }>()
  return (rule, after) => {
    const cron = cronRule(core.config, rule)
    const from = `${cron.cron} ${cron.time_zone} ${after}`
    const last = known.get(rule.name)
    if (last?.from === from) return last.next
    const [first] = core.scheduler.next(cron, parseSqlTime(after), 1)
    const next = first?.getTime() ?? Number.POSITIVE_INFINITY
    known.set(rule.name, { from, next })
    return next
  }
}
