import xterm from '@xterm/headless'
import { Chalk } from 'chalk'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CellDiff, CLEAR } from '../../../src/tui/cells/cell-diff.ts'
import { fit, width } from '../../../src/tui/text.ts'

const SIZE = { columns: 24, rows: 5 }
const BOTTOM = `\u001b[${SIZE.rows - 1}A`
const chalk = new Chalk({ level: 2 })
const LOOKS = [
  String,
  chalk.bold,
  chalk.dim,
  chalk.inverse,
  chalk.ansi256(80).underline,
  chalk.red,
  chalk.ansi256(80),
  chalk.ansi256(80).bold,
]

const span = fc.record({
  text: fc.string({ unit: fc.constantFrom('a', 'b', '7', ' ', '─', 'ñ', '再', '…'), maxLength: 9 }),
  look: fc.constantFrom(...LOOKS),
})
/** A row as the theme paints it: styled spans that fill it. */
const row = fc.array(span, { maxLength: 5 }).map((spans) => {
  let left = SIZE.columns
  let line = ''
  for (const { text, look } of spans) {
    const cells = Math.min(left, width(text))
    line += look(fit(text, cells))
    left -= cells
  }
  return line + ' '.repeat(left)
})
const screen = fc.array(row, { minLength: SIZE.rows, maxLength: SIZE.rows })

/** What Ink writes to get from one screen to the next: whole lines, from their first column. */
function frame(before: readonly string[], now: readonly string[]): string {
  const lines = now.map((line, at) => (line === before[at] ? '\u001b[E' : `\u001b[1G\u001b[K${line}\n`))
  const last = lines.pop() ?? ''
  const end = last === '\u001b[E' ? '' : last.slice(0, -1)
  return `\u001b[?2026h${BOTTOM}${lines.join('')}${end}\u001b[?2026l`
}

function terminal() {
  const { columns: cols, rows } = SIZE
  return new xterm.Terminal({ cols, rows, convertEol: true, allowProposedApi: true })
}

/** Every cell with its look. */
function cellsOf({ buffer, cols, rows }: InstanceType<typeof xterm.Terminal>): string[] {
  return Array.from({ length: rows }, (_, at) =>
    Array.from({ length: cols }, (__, column) => {
      const cell = buffer.active.getLine(at)?.getCell(column)
      const look = [
        cell?.isBold(),
        cell?.isDim(),
        cell?.isInverse(),
        cell?.isUnderline(),
        cell?.getFgColor(),
      ].map(Number)
      return `${cell?.getWidth() === 0 ? '' : cell?.getChars() || ' '}${look.join(',')}`
    }).join('|'),
  )
}

const write = (to: InstanceType<typeof xterm.Terminal>, text: string) =>
  new Promise<void>((resolve) => to.write(text, resolve))

test('shows cell for cell what Ink’s own bytes show', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(screen, { minLength: 2, maxLength: 5 }), fc.boolean(), async (screens, odd) => {
      const [own, inks] = [terminal(), terminal()]
      const diff = new CellDiff(() => SIZE)
      let before: readonly string[] = []
      for (const [at, now] of screens.entries()) {
        const text = at === 0 ? CLEAR + now.join('\n') : frame(before, now)
        // What is not understood: it is passed on as it is, with all that follows.
        const said =
          odd && at === 1 ? text.replace('\u001b[?2026l', '\u001b[4m\u001b[24m\u001b[?2026l') : text
        const short = diff.shorten(said)
        expect(odd || !short.includes('\u001b[K')).toBe(true)
        await Promise.all([write(own, short), write(inks, said)])
        expect(cellsOf(own)).toEqual(cellsOf(inks))
        before = now
      }
    }),
    { numRuns: 150 },
  )
})

test('one changed cell is one short piece, and no change is nothing', () => {
  const diff = new CellDiff(() => SIZE)
  const lines = Array.from(
    { length: SIZE.rows },
    () => chalk.ansi256(80)('249') + ' '.repeat(SIZE.columns - 3),
  )
  diff.shorten(CLEAR + lines.join('\n'))
  const next = lines.with(2, (lines[2] ?? '').replace('249', '250'))
  expect(diff.shorten(frame(lines, next))).toBe('\u001b[3;2H\u001b[38;5;80m50\u001b[m')
  expect(diff.shorten(frame(next, next))).toBe('')
  expect(diff.shorten(frame(next, [...next]) + '\u001b]52;c;YQ==\u0007')).toBe('\u001b]52;c;YQ==\u0007')
})

test('before the screen has been cleared everything is passed on', () => {
  const text = frame([], ['a', 'b', 'c', 'd', 'e'])
  expect(new CellDiff(() => SIZE).shorten(text)).toBe(text)
})

test('a clear within a frame leaves no frame open', () => {
  const text = `\u001b[?2026h${CLEAR}a\n\u001b[?2026l`
  expect(new CellDiff(() => SIZE).shorten(text)).not.toContain('\u001b[?2026')
})

test('a glyph that this terminal takes for wider than we do leaves nothing behind', async () => {
  const own = terminal()
  const diff = new CellDiff(() => SIZE)
  const plain = Array.from({ length: SIZE.rows }, () => '─'.repeat(SIZE.columns))
  // Two cells to us, four to it.
  const odd = plain.with(1, `─👩‍🚀${'─'.repeat(SIZE.columns - 3)}`)
  await write(own, diff.shorten(CLEAR + plain.join('\n')))
  const before = cellsOf(own)
  await write(own, diff.shorten(frame(plain, odd)))
  expect(own.buffer.active.getLine(1)?.translateToString()).toMatch(/^─👩.*─{21}$/)
  await write(own, diff.shorten(frame(odd, plain)))
  expect(cellsOf(own)).toEqual(before)
})
