import { median, type Figure } from './figure.ts'
import { pass, scenario, type CountedTerminal } from './tui-pty.ts'

const KEYS = 300
/** Long enough for the answer to the key before, and never in step with the data. */
const LEAST_MS = 40
const MOST_MS = 110
/** The mark of the row under the cursor: no news of the tasks writes it. */
const CURSOR = '▸'

/** From a key to what it brings about, while 28 tasks change four times a second. */
export async function latency(): Promise<Figure[]> {
  const terminal = await scenario('moving')
  try {
    const own = await keyTimes(terminal, ['j', 'k'], CURSOR)
    const any = await keyTimes(terminal, ['j', 'k'])
    return [
      figure('key → its own frame, under load: median, p99', own, '≤ 5 ms, ≤ 20 ms'),
      figure('key → first byte, under load: median, p99', any, '≤ 5 ms, ≤ 20 ms'),
    ]
  } finally {
    terminal.end()
  }
}

/** Milliseconds from each key to the first piece that holds `bytes`. */
export async function keyTimes(
  terminal: CountedTerminal,
  keys: readonly string[],
  bytes?: string,
): Promise<number[]> {
  const times: number[] = []
  for (let count = 0; count < KEYS; count += 1) {
    await pass(LEAST_MS + Math.random() * (MOST_MS - LEAST_MS))
    const sent = performance.now()
    const answered = terminal.next(bytes)
    terminal.send(keys[count % keys.length] ?? '')
    times.push((await answered) - sent)
  }
  return times
}

export function medianAndP99(times: readonly number[]): string {
  const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN
  return `${median(times).toFixed(1)} / ${p99.toFixed(1)} ms`
}

function figure(what: string, times: readonly number[], goal: string): Figure {
  return { what, measured: medianAndP99(times), baseline: '', goal }
}
