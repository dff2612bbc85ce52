const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const
const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const
const BAR_CELLS = 10

/** `percent` (0 to 100) as a bar of ten cells: full only at 100, and never empty above 0. */
export function percentBar(percent: number): string {
  const steps = BAR_CELLS * EIGHTHS.length
  const filled = Math.round((Math.min(Math.max(percent, 0), 100) / 100) * steps)
  const shown = percent >= 100 ? steps : Math.min(Math.max(filled, percent > 0 ? 1 : 0), steps - 1)
  const whole = '█'.repeat(Math.floor(shown / EIGHTHS.length))
  return (whole + (EIGHTHS[shown % EIGHTHS.length] ?? '')).padEnd(BAR_CELLS, '·')
}

/** One character per value, from 0 to the highest. */
export function sparkline(values: readonly number[]): string {
  const top = Math.max(...values, 0)
  const level = (value: number) => (top > 0 ? Math.round((value / top) * (LEVELS.length - 1)) : 0)
  return values.map((value) => LEVELS[level(Math.max(value, 0))] ?? '').join('')
}
