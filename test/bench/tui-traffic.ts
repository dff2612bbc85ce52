import { median, type Figure } from './figure.ts'
import { pass, scenario, type CountedTerminal } from './tui-pty.ts'

const WINDOW_MS = 10_000
const FRAMES = 24
/** Two pieces that come closer together belong to one frame. */
const FRAME_MS = 60

/** What the screen costs: bytes, writes, processor, memory. */
export async function traffic(): Promise<Figure[]> {
  return [...(await still()), ...(await oneCell()), ...(await moving()), ...(await unseen())]
}

async function still(): Promise<Figure[]> {
  const terminal = await scenario('still')
  try {
    const { bytes } = await over(terminal, WINDOW_MS)
    const pieces: number[] = []
    for (let key = 0; key < FRAMES; key += 1) {
      const before = terminal.pieces
      terminal.send(key % 2 ? 'k' : 'j')
      await terminal.next()
      await terminal.quiet(FRAME_MS)
      pieces.push(terminal.pieces - before)
    }
    return [
      figure('idle', `${(bytes / (WINDOW_MS / 1000)).toFixed(0)} bytes/s`, '0 bytes/s'),
      figure('writes per frame: median, most', `${median(pieces)} / ${Math.max(...pieces)}`, '1'),
    ]
  } finally {
    terminal.end()
  }
}

async function oneCell(): Promise<Figure[]> {
  const terminal = await scenario('one')
  try {
    const frames: number[] = []
    for (let frame = 0; frame < FRAMES; frame += 1) {
      const before = terminal.bytes
      await terminal.next()
      await terminal.quiet(FRAME_MS)
      frames.push(terminal.bytes - before)
    }
    return [figure('one changed cell: median', `${median(frames)} bytes`, '≤ 75, then ≤ 40')]
  } finally {
    terminal.end()
  }
}

async function moving(): Promise<Figure[]> {
  const terminal = await scenario('moving')
  try {
    const { bytes, cpu } = await over(terminal, WINDOW_MS)
    return [
      figure('28 tasks × 4 Hz: bytes', kilobytes(bytes), '≤ 6.5 kB/s, then ≤ 4'),
      figure('28 tasks × 4 Hz: processor', percent(cpu), '≤ 7 %'),
      figure('memory at 120x40', `${terminal.memory().toFixed(0)} MiB`, '≤ 140 MB'),
    ]
  } finally {
    terminal.end()
  }
}

async function unseen(): Promise<Figure[]> {
  const terminal = await scenario('unseen')
  try {
    const { bytes, cpu } = await over(terminal, WINDOW_MS)
    return [
      figure('20,000 updates/s off screen: processor', percent(cpu), '≤ 12 %'),
      figure('20,000 updates/s off screen: bytes', kilobytes(bytes), '< 1 kB/s'),
    ]
  } finally {
    terminal.end()
  }
}

/** Bytes written and seconds of a processor used in this time. */
export async function over(terminal: CountedTerminal, ms: number): Promise<{ bytes: number; cpu: number }> {
  const [bytes, cpu] = [terminal.bytes, terminal.cpu()]
  await pass(ms)
  return { bytes: terminal.bytes - bytes, cpu: terminal.cpu() - cpu }
}

function kilobytes(bytes: number): string {
  return `${(bytes / WINDOW_MS).toFixed(2)} kB/s`
}

function percent(cpu: number): string {
  return `${((cpu / WINDOW_MS) * 100_000).toFixed(1)} %`
}

function figure(what: string, measured: string, goal: string): Figure {
  return { what, measured, baseline: '', goal }
}
