import { parseSqlTime, sqlTime } from '../domain/clock.ts'
import { reason } from '../domain/error.ts'
import type { Task } from '../domain/task.ts'
import { startAttempts } from './attempts.ts'
import { finishBatch } from './batch-end.ts'
import { firstOf, nextOf, type Candidate } from './choose.ts'
import type { Core } from './core.ts'
import { LIMITS, limitsReached, limitsSet } from './gate.ts'
import { perSite } from './per-site.ts'
import { createRounds, type Rounds } from './rounds.ts'
import { ALL, isPaused } from './site-pause.ts'
import { waitOf } from './site-wait.ts'

/** Milliseconds between two looks at the machine, and between two tries while something holds everything. */
const LOOK_AGAIN = 2000

/** Starts what may run: the only place from which a task ever starts. */
export function createDispatcher(core: Core): Rounds {
  let looked = Number.NEGATIVE_INFINITY

  /** One look at everything. Returns the milliseconds after which time alone may have changed the answer. */
  async function round(): Promise<number | undefined> {
    const { live, clock } = core
    const began = clock.now()
    if (live.closing) return undefined
    if (live.draining) {
      if (live.running.size === 0) await rest()
      return undefined
    }
    if (live.active.size === 0) {
      letGo()
      return undefined
    }
    const held = await machineHolds()
    for (let started = held ? 0 : 1; started > 0;) started = await startSome()
    await endBatches()
    return held ? LOOK_AGAIN : nextChange(began)
  }

  /** Nothing runs any more: what is unfinished waits for `resume_batch`. */
  async function rest(): Promise<void> {
    letGo()
    await endBatches()
    const { active, unfinished } = core.live
    if (active.size === 0) return
    for (const batch_id of active) unfinished.add(batch_id)
    active.clear()
    core.publisher.publish({ type: 'engine' })
  }

  /** Nothing is held while there is nothing to start. */
  function letGo(): void {
    const were = LIMITS.filter((code) => core.live.alerts.delete(code))
    if (were.length > 0) core.publisher.publish({ type: 'engine' })
  }

  async function machineHolds(): Promise<boolean> {
    const { machine, config, live, clock, publisher } = core
    if (!limitsSet(config.execution)) return false
    if (clock.monotonic() - looked >= LOOK_AGAIN) {
      looked = clock.monotonic()
      const reached = limitsReached(await machine.load(), config.execution)
      const before = LIMITS.filter((code) => live.alerts.delete(code)).join()
      for (const alert of reached) live.alerts.set(alert.code, alert)
      if (before !== reached.map((alert) => alert.code).join()) publisher.publish({ type: 'engine' })
    }
    return LIMITS.some((code) => live.alerts.has(code))
  }

  /** Starts at most one task per site. Returns how many. */
  async function startSome(): Promise<number> {
    const { live, config, clock } = core
    const now = sqlTime(clock.now())
    let free = config.execution.max_parallel - live.running.size
    if (free <= 0 || isPaused(live.pauses, ALL, now)) return 0
    const candidates = await findCandidates(now)
    const chosen: Task[] = []
    while (free > 0) {
      const first = firstOf(candidates)
      if (!first) break
      chosen.push(first.task)
      candidates.splice(candidates.indexOf(first), 1)
      free -= 1
    }
    if (chosen.length > 0) await startAttempts(core, chosen)
    return chosen.length
  }

  async function findCandidates(now: string): Promise<Candidate[]> {
    const { live, config, store } = core
    const busy = new Map<string, number>()
    for (const { task } of live.running.values()) busy.set(task.website, (busy.get(task.website) ?? 0) + 1)
    const candidates = new Map<string, Candidate>()
    for (const batch_id of live.active) {
      for (const { website: site, counts } of await store.siteCounts(batch_id)) {
        if (candidates.has(site) || counts.pending + counts.retrying === 0) continue
        if ((busy.get(site) ?? 0) >= perSite(config, site)) continue
        if (isPaused(live.pauses, site, now) || waitOf(live.waits, site, now)) continue
        const task = nextOf(await store.siteQueue(batch_id, site, now), config.execution.order)
        if (!task) continue
        const priority = config.sites[site]?.priority ?? 0
        candidates.set(site, { site, priority, lastStart: live.lastStart.get(site) ?? 0, task })
      }
    }
    return [...candidates.values()]
  }

  async function endBatches(): Promise<void> {
    const busy = new Set([...core.live.running.values()].map(({ task }) => task.execution_batch))
    for (const batch_id of core.live.active) {
      if (!busy.has(batch_id) && !(await hasWork(batch_id))) await finishBatch(core, batch_id)
    }
  }

  async function hasWork(batch_id: string): Promise<boolean> {
    const now = sqlTime(core.clock.now())
    for (const { website, counts } of await core.store.siteCounts(batch_id)) {
      if (counts.retrying + counts.running > 0) return true
      if (counts.pending === 0) continue
      // Pending alone is no work: a task that nothing makes ready any more is skipped when the batch ends.
      if ((await core.store.siteQueue(batch_id, website, now)).pending) return true
    }
    return false
  }

  /** Milliseconds until the first moment after `began` at which a retry is due or a pause or wait ends. */
  async function nextChange(began: Date): Promise<number | undefined> {
    const { store, live, clock } = core
    const since = sqlTime(began)
    const held = [...live.pauses.values(), ...live.waits.values()].map(({ until }) => until)
    const moments = [await store.nextRetryAt(since), ...held]
      .filter((moment) => moment != null)
      .filter((moment) => moment > since)
      .map((moment) => parseSqlTime(moment).getTime())
    if (moments.length === 0) return undefined
    // A moment that passed while this round went on is still to be looked at.
    return Math.max(Math.min(...moments) - clock.now().getTime(), 0) + 1
  }

  /** Whatever went wrong, the batch must not stand still in silence: say it, and try again. */
  function trouble(error: unknown): number {
    core.live.alerts.set('storage', { code: 'storage', message: `nothing new starts: ${reason(error)}` })
    core.publisher.publish({ type: 'engine' })
    return LOOK_AGAIN
  }

  return createRounds(core, () => round().catch(trouble))
}
