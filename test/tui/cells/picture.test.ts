import xterm from '@xterm/headless'
import { Chalk } from 'chalk'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Picture, type Lines } from '../../../src/tui/cells/picture.ts'
import { fit, width } from '../../../src/tui/text.ts'

const SIZE = { columns: 24, rows: 5 }
const CLEAR = '\u001b[H\u001b[2J'
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
/** A line as the theme paints it: styled spans that fill it. */
const lineOf = (columns: number) =>
  fc.array(span, { maxLength: 5 }).map((spans) => {
    let left = columns
    let line = ''
    for (const { text, look } of spans) {
      const cells = Math.min(left, width(text))
      line += look(fit(text, cells))
      left -= cells
    }
    return line + ' '.repeat(left)
  })
const screen = fc.record({
  columns: fc.constant(SIZE.columns),
  rows: fc.constant(SIZE.rows),
  lines: fc.array(lineOf(SIZE.columns), { minLength: SIZE.rows, maxLength: SIZE.rows }),
})

function frameOf(lines: string[]): Lines {
  return { ...SIZE, lines }
}

/** What shows a frame on any terminal, with no thought for what it costs. */
function whole({ lines }: Lines): string {
  return CLEAR + lines.map((line, at) => `\u001b[${at + 1}H${line}`).join('')
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

test('shows cell for cell what was to be shown, from whatever was there before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(screen, { minLength: 2, maxLength: 5 }), async (screens) => {
      const own = terminal()
      const picture = new Picture()
      for (const [at, view] of screens.entries()) {
        const wanted = terminal()
        const sent = picture.show(view)
        expect(sent.includes(CLEAR)).toBe(at === 0)
        await Promise.all([write(own, sent), write(wanted, whole(view))])
        expect(cellsOf(own)).toEqual(cellsOf(wanted))
        expect(picture.show({ ...view })).toBe('')
      }
    }),
    { numRuns: 150 },
  )
})

test('one changed cell is one short piece', () => {
  const picture = new Picture()
  const lines = Array.from(
    { length: SIZE.rows },
    () => chalk.ansi256(80)('249') + ' '.repeat(SIZE.columns - 3),
  )
  picture.show(frameOf(lines))
  const next = lines.with(2, (lines[2] ?? '').replace('249', '250'))
  expect(picture.show(frameOf(next))).toBe('\u001b[3;2H\u001b[38;5;80m50\u001b[m')
})

test('what is not known any more, or has another size, is drawn from the start', () => {
  const picture = new Picture()
  const view = frameOf(Array.from({ length: SIZE.rows }, () => 'a'.repeat(SIZE.columns)))
  const first = picture.show(view)
  picture.forget()
  expect(picture.show(view)).toBe(first)
  expect(picture.show({ ...view, rows: 3 })).toContain(CLEAR)
})

test('what another program left of its colours is on nothing that we draw', async () => {
  const own = terminal()
  const wanted = terminal()
  const view = frameOf(Array.from({ length: SIZE.rows }, (_, row) => 'ab'.padEnd(SIZE.columns - row)))
  await Promise.all([write(own, `\u001b[7;31m$ ls${new Picture().show(view)}`), write(wanted, whole(view))])
  expect(cellsOf(own)).toEqual(cellsOf(wanted))
})

test('a glyph of three cells at the end of a row writes nothing beyond it', async () => {
  const own = terminal()
  const line = `${'─'.repeat(SIZE.columns - 3)}カﾞ`
  expect(width(line)).toBe(SIZE.columns)
  await write(own, new Picture().show(frameOf(Array.from({ length: SIZE.rows }, () => line))))
  expect(own.buffer.active.getLine(0)?.translateToString()).toMatch(/^─+カ/)
  expect(own.buffer.active.baseY).toBe(0)
})

test('a glyph of more or fewer cells than a terminal has places for moves nothing', async () => {
  const own = terminal()
  const picture = new Picture()
  const line = '\u200b\u0301a再'.padEnd(SIZE.columns - 2, '─')
  await write(own, picture.show(frameOf(Array.from({ length: SIZE.rows }, () => `${line}再再再`))))
  expect(own.buffer.active.getLine(4)?.translateToString()).toMatch(/^.?a再─/)
  expect(own.buffer.active.baseY).toBe(0)
})

test('a glyph that this terminal takes for wider than we do leaves nothing behind', async () => {
  const own = terminal()
  const picture = new Picture()
  const plain = Array.from({ length: SIZE.rows }, () => '─'.repeat(SIZE.columns))
  // Two cells to us, four to it.
  const odd = plain.with(1, `─👩‍🚀${'─'.repeat(SIZE.columns - 3)}`)
  await write(own, picture.show(frameOf(plain)))
  const before = cellsOf(own)
  await write(own, picture.show(frameOf(odd)))
  expect(own.buffer.active.getLine(1)?.translateToString()).toMatch(/^─👩.*─{21}$/)
  await write(own, picture.show(frameOf(plain)))
  expect(cellsOf(own)).toEqual(before)
})
