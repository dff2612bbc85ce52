import { sqlTime, sqlTimeMs } from '../domain/clock.ts'
import type { Command, Result, Results } from '../domain/command.ts'
import type { Engine } from '../domain/engine.ts'
import { ZafraError } from '../domain/error.ts'
import type { Alert, EngineState } from '../domain/query.ts'
import { stopAttempt } from './attempts.ts'
import { backUpNow, watchWrites } from './backup.ts'
import { accept } from './commands/accept.ts'
import { cancel, cancelBatch } from './commands/cancel.ts'
import { pause, unpause } from './commands/pause.ts'
import { resumeBatch } from './commands/resume-batch.ts'
import { retry } from './commands/retry.ts'
import { enableSchedule, runSchedule } from './commands/schedule.ts'
import { startBatch } from './commands/start-batch.ts'
import type { Core, Live, Parts } from './core.ts'
import { createDispatcher } from './dispatch.ts'
import { LIMITS } from './gate.ts'
import type { Now } from './overview.ts'
import { keep } from './kept.ts'
import { createNotifier } from './notifier.ts'
import { watchOutbox } from './notify-sender.ts'
import { createPublisher, type Publisher } from './publisher.ts'
import { recover } from './recover.ts'
import type { Rounds } from './rounds.ts'
import { createScheduleWatch } from './schedule.ts'
import { ALL, isPaused } from './site-pause.ts'
import { watchStorage } from './storage.ts'
import { createTurn } from './turn.ts'
import { answer, type ViewParts } from './views.ts'
import { createVitals } from './vitals.ts'

/**
 * The engine in this process. On return everything that a dead engine left behind is reaped and requeued;
 * an unfinished batch waits for `resume_batch`. Takes over the store: `close()` closes it.
 */
export async function createEngine(parts: Parts): Promise<Engine> {
  const core = assemble(parts)
  const dispatcher = createDispatcher(core)
  core.kick = () => dispatcher.look()
  const watch = createScheduleWatch(core)
  core.look = () => watch.look()
  core.notifier = createNotifier(core, () => alerts(core))
  await recover(core)
  await core.notifier.recall()
  parts.onReload?.(() => lookAnew(core))
  core.look()
  core.notifier.hear()
  core.notifier.look()
  let closed: Promise<void> | undefined

  return {
    async execute(command) {
      if (core.live.closing) throw new ZafraError('closing', 'the engine is closing: nothing more is done')
      return (await perform(core, command)) as Result<typeof command>
    },
    query: (query) => answer(viewParts(core), now(core), query),
    subscribe: (listener) => core.publisher.subscribe(listener),
    close: () => (closed ??= close(core, dispatcher, watch)),
  }
}

/** Limits, sites, schedules: whatever waits may be due now. */
function lookAnew(core: Core): void {
  core.kick()
  core.look()
  core.publisher.publish({ type: 'engine' })
}

/** The alerts while which nothing new starts. */
const HOLDING = [...LIMITS, 'storage'] as const

function assemble(parts: Parts): Core {
  const live: Live = {
    started_at: sqlTimeMs(parts.clock.now()),
    running: new Map(),
    active: new Set(),
    unfinished: new Set(),
    draining: false,
    closing: false,
    pauses: new Map(),
    waits: new Map(),
    blocked: new Map(),
    lastStart: new Map(),
    starts: 0,
    alerts: new Map(),
    backup: Promise.resolve(),
    unsaved: true,
  }
  const turn = createTurn()
  const plain = createPublisher(turn, () => answer(viewParts(core), now(core), { type: 'overview' }))
  const publisher: Publisher = {
    ...plain,
    publish(event) {
      plain.publish(event)
      if (event.type === 'engine' || event.type === 'batch') core.notifier.hear()
    },
  }
  const guarded = watchStorage(parts.store, live.alerts, () => publisher.publish({ type: 'engine' }))
  const watched = watchWrites(guarded, () => {
    live.unsaved = true
  })
  const outgoing = watchOutbox(watched, () => core.notifier.look())
  const core: Core = {
    ...parts,
    ...keep(outgoing, parts, live.running),
    live,
    turn,
    publisher,
    vitals: createVitals(parts.clock),
    notifier: {
      recall: () => Promise.resolve(),
      look: () => {},
      hear: () => {},
      close: () => Promise.resolve(),
    },
    kick: () => {},
    look: () => {},
  }
  return core
}

function viewParts(core: Core): ViewParts {
  return { ...core, reads: core.store }
}

function now(core: Core): Now {
  const { live, publisher, outlook, closing_stops_work } = core
  return {
    seq: publisher.seq(),
    engine: { state: state(core), pid: process.pid, started_at: live.started_at, closing_stops_work },
    running: [...live.running.values()].map((running) => running.view),
    alerts: alerts(core),
    pauses: live.pauses,
    waits: live.waits,
    outlook,
    clients: publisher.listeners(),
  }
}

function alerts({ live }: Core): Alert[] {
  return [...[...live.unfinished].map(interrupted), ...live.alerts.values()]
}

function interrupted(batch_id: string): Alert {
  return { code: 'interrupted', message: `batch ${batch_id} is not finished: resume it or cancel it` }
}

function state({ live, clock }: Core): EngineState {
  if (live.closing) return 'closing'
  if (live.draining && live.running.size > 0) return 'draining'
  if (live.active.size === 0) return live.unfinished.size > 0 ? 'interrupted' : 'idle'
  if (isPaused(live.pauses, ALL, sqlTime(clock.now()))) return 'paused'
  return HOLDING.some((code) => live.alerts.has(code)) ? 'held' : 'running'
}

function perform(core: Core, command: Command): Promise<Results[Command['type']]> {
  switch (command.type) {
    case 'start_batch':
      return core.turn(() => startBatch(core, command.filter))
    case 'resume_batch':
      return core.turn(() => resumeBatch(core, command.batch_id))
    case 'retry':
      return core.turn(() => retry(core, command.filter))
    case 'pause':
      return core.turn(() => pause(core, command.site))
    case 'unpause':
      return core.turn(() => unpause(core, command.site))
    case 'enable_schedule':
      return core.turn(() => enableSchedule(core, command.name, command.enabled))
    case 'run_schedule':
      return runSchedule(core, command.name)
    // These two wait for processes to end, whose ends need the turn.
    case 'cancel':
      return cancel(core, command.filter)
    case 'cancel_batch':
      return cancelBatch(core, command.batch_id)
    case 'drain':
      core.live.draining = true
      core.publisher.publish({ type: 'engine' })
      core.kick()
      return Promise.resolve({ running: core.live.running.size })
    case 'accept':
      return accept(core, command.filter)
    case 'backup':
      return backUpNow(core)
  }
}

async function close(core: Core, dispatcher: Rounds, watch: Rounds): Promise<void> {
  core.live.closing = true
  dispatcher.stop()
  watch.stop()
  core.publisher.publish({ type: 'engine' })
  // Whoever has the turn may be starting tasks: wait for it, so that none is missed below.
  await core.turn(() => Promise.resolve())
  const running = [...core.live.running.values()]
  for (const each of running) stopAttempt(core, each, 'shutdown')
  await Promise.all(running.map((each) => each.ended))
  await core.live.backup
  await core.notifier.close()
  core.vitals.stop()
  await core.turn(() => core.store.close())
}
