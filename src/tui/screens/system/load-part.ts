import type { SystemView } from '../../../domain/system.ts'
import { bytes } from '../../format.ts'
import type { Span, Theme } from '../../theme.ts'
import { gaugeRow, row, rowOf, type Line } from './line.ts'

/** Milliseconds: a key that waits for longer is felt. */
const SLOW_LOOP = 100

/** The machine against its limits, and what the engine itself takes. */
export function loadLines(view: SystemView, running: number, cells: number, theme: Theme): Line[] {
  const { limits, event_loop, cpu_percent, memory_bytes } = view
  const { mean_ms, p99_ms, max_ms } = event_loop
  const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`
  const tasks = {
    value: running,
    whole: limits.max_parallel,
    limit: null,
    text: String(running),
    note: `of ${limits.max_parallel} at once`,
  }
  const late: Span = { text: `p99 ${ms(p99_ms)} late`, style: p99_ms > SLOW_LOOP ? 'warn' : 'strong' }
  return [
    { kind: 'title', title: 'Load' },
    ...machineLines(view, cells, theme),
    gaugeRow('Running tasks', tasks, cells, theme),
    rowOf(
      'Engine itself',
      [
        { text: `${cpu_percent.toFixed(1)}% of a processor`, style: 'strong' },
        { text: bytes(memory_bytes), style: 'strong' },
      ],
      cells,
    ),
    rowOf(
      'Event loop',
      [late, { text: `mean ${ms(mean_ms)}`, style: 'dim' }, { text: `longest ${ms(max_ms)}`, style: 'dim' }],
      cells,
    ),
  ]
}

function machineLines({ machine, limits }: SystemView, cells: number, theme: Theme): Line[] {
  if (!machine) return [row('Machine', { text: 'it does not tell how busy it is', style: 'dim' })]
  const { cpu_percent, memory_percent, free_disk_bytes } = machine
  const full = free_disk_bytes < limits.min_free_disk
  return [
    gaugeRow('Machine CPU', percent(cpu_percent, limits.max_cpu), cells, theme),
    gaugeRow('Machine memory', percent(memory_percent, limits.max_memory), cells, theme),
    row(
      'Free disk',
      { text: bytes(free_disk_bytes), style: full ? 'warn' : 'strong' },
      {
        text: limits.min_free_disk > 0 ? `   nothing new starts below ${bytes(limits.min_free_disk)}` : '',
        style: full ? 'warn' : 'dim',
      },
    ),
  ]
}

function percent(value: number, most: number) {
  const limit = most < 100 ? most : null
  return {
    value,
    whole: 100,
    limit,
    text: `${Math.round(value)}%`,
    note: limit === null ? 'no limit' : `limit ${limit}%`,
  }
}
