import { monitorEventLoopDelay } from 'node:perf_hooks'
import type * as Tui from '../../src/tui/index.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import { batchView, busyOverview, runningTask } from './overview.ts'
import { ScriptedEngine } from './scripted-engine.ts'

/**
 * The built TUI on a scripted engine, to be run in a pseudo-terminal. Scenario `busy`: only time passes ·
 * `still`: nothing at all changes · `moving`: 28 tasks change four times a second · `crash`: soon an overview that cannot be drawn.
 * The last line it prints says how it ended, what it told the engine and how long the process was stalled.
 */
const { openTui } = (await import(new URL('../../dist/tui/index.js', import.meta.url).href)) as typeof Tui

const [scenario = 'busy'] = process.argv.slice(2)
const engine = new ScriptedEngine(busyOverview())
engine.print(105, 'out', ...Array.from({ length: 300 }, (_, index) => `línea ${index + 1} \u001b[31mrojo`))
engine.print(105, 'err', 'aviso: ñandú')

if (scenario === 'still') {
  engine.overview.batch = batchView({ ...engine.overview.batch, status: 'completed' })
  engine.overview.running = []
}
const timer = setInterval(move, 250)
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

function move(): void {
  if (scenario === 'crash') {
    engine.overview.batch = {} as never
    engine.tell({ type: 'engine' })
  }
  if (scenario === 'moving') progress()
}

function progress(): void {
  const turn = Math.floor(performance.now() / 250)
  if (engine.overview.running.length < 28) {
    engine.overview.running = Array.from({ length: 28 }, (_, index) => runningTask(1000 + index))
    engine.tell({ type: 'engine' })
  }
  for (const task of engine.overview.running) {
    const items = (turn * 7 + task.task_id) % 1000
    const running = {
      ...task,
      progress: { ...task.progress, items, expected: 1000, message: `página ${turn}` },
    }
    engine.tell({ type: 'progress', running })
  }
}
