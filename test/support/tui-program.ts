import { monitorEventLoopDelay } from 'node:perf_hooks'
import type * as Tui from '../../src/tui/index.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import { sqlTimeMs } from '../../src/domain/clock.ts'
import { batchView, busyOverview, runningTask } from './overview.ts'
import { ScriptedEngine } from './scripted-engine.ts'
import { task as pendingTask } from './task.ts'

/**
 * The built TUI on a scripted engine, to be run in a pseudo-terminal. Its argument says what happens four times a
 * second; `still` and `busy` say nothing, and in `busy` the time passes. The last line it prints says how it ended,
 * what it told the engine and how long the process was stalled.
 */
const { openTui } = (await import(new URL('../../dist/program/tui.js', import.meta.url).href)) as typeof Tui

const [scenario = 'busy'] = process.argv.slice(2)
const engine = new ScriptedEngine(busyOverview())
engine.print(105, 'out', ...Array.from({ length: 300 }, (_, index) => `línea ${index + 1} \u001b[31mrojo`))
engine.print(105, 'err', 'aviso: ñandú')
engine.tasks = Array.from({ length: 300 }, (_, index) =>
  pendingTask({ id: index + 1, city: index % 2 ? 'Zap' : 'Gdl' }),
)

let ticks = 0
const MOVES: Readonly<Record<string, () => void>> = {
  /** 28 tasks change. */
  moving: () => {
    run(28)
    for (const task of engine.overview.running) tell(task.task_id, (turn() * 7 + task.task_id) % 1000)
  },
  /** One digit of one task changes, out of a whole screen. */
  one: () => {
    run(1)
    tell(1000, 240 + (turn() % 10))
  },
  /** 5,000 changes that no screen shows. */
  unseen: () => {
    const [first = runningTask(1)] = engine.overview.running
    for (let id = 5000; id < 10_000; id += 1) {
      engine.tell({ type: 'progress', running: { ...first, task_id: id } })
    }
  },
  crash: () => {
    engine.overview.batch = {} as never
    engine.tell({ type: 'engine' })
  },
  /** Once the screen is there, but not while drawing: nobody above hears it. */
  throw: () => {
    ticks += engine.clients
    if (ticks > 2) throw new Error('thrown by the scenario')
  },
}

if (['still', 'one', 'unseen'].includes(scenario)) {
  engine.overview.batch = batchView({ ...engine.overview.batch, status: 'completed' })
  engine.overview.engine.state = 'idle'
  if (scenario === 'still') engine.overview.running = []
}
const timer = setInterval(() => MOVES[scenario]?.(), 250)
const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()
// From here on, not from the start: loading Ink takes its time.
process.on('SIGUSR2', () => delay.reset())
try {
  const left = await openTui(engine, {
    clock: systemClock,
    stdin: process.stdin,
    stdout: process.stdout,
    env: process.env,
  })
  console.log(JSON.stringify({ ...left, commands: engine.commands, stall_ms: delay.max / 1e6 }))
  process.exitCode = left.exit_code
} catch (error) {
  console.log(String(error))
  process.exitCode = 1
}
clearInterval(timer)

/** Has this many tasks run, from now on. */
function run(count: number): void {
  if (engine.overview.running.length === count) return
  engine.overview.running = Array.from({ length: count }, (_, index) =>
    runningTask(1000 + index, { started_at: sqlTimeMs(new Date(Date.now() - 100_000 - 7000 * index)) }),
  )
  engine.tell({ type: 'engine' })
}

function tell(id: number, items: number): void {
  const task = engine.overview.running.find(({ task_id }) => task_id === id)
  if (!task) return
  const progress = { ...task.progress, items, expected: 1000 }
  const measured = { cpu_percent: items / 10, memory_bytes: 100_000_000 + items * 100_000 }
  const running =
    scenario === 'moving'
      ? { ...task, ...measured, progress: { ...progress, message: `página ${turn()}` } }
      : { ...task, progress }
  engine.tell({ type: 'progress', running })
}

function turn(): number {
  return Math.floor(performance.now() / 250)
}
