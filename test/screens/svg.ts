import type { IBufferCell, Terminal } from '@xterm/headless'

const CELL_WIDTH = 8.43
const CELL_HEIGHT = 16.4
const MARGIN = 14
const BACKGROUND = '#16181d'
const FOREGROUND = '#d7dae0'
const ANSI = (
  '#3b4048 #e06c75 #98c379 #e5c07b #61afef #c678dd #56b6c2 #abb2bf ' +
  '#6b7280 #ff7b86 #b5e890 #ffd68a #7cc4ff #dd94f0 #6fd3df #ffffff'
).split(' ')

interface Run {
  column: number
  cells: number
  text: string
  color: string
  background: string | undefined
  bold: boolean
  dim: boolean
}

/** The visible screen of `terminal` as an SVG picture, cell by cell. */
export function screenSvg(terminal: Terminal): string {
  const width = terminal.cols * CELL_WIDTH + 2 * MARGIN
  const height = terminal.rows * CELL_HEIGHT + 2 * MARGIN
  const rows = Array.from({ length: terminal.rows }, (_, row) => rowSvg(terminal, row)).filter(
    (row) => row !== '',
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    '<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" xml:space="preserve">',
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n')
}

function rowSvg(terminal: Terminal, row: number): string {
  const y = round(MARGIN + row * CELL_HEIGHT)
  return runs(terminal, row)
    .map((run) => {
      const x = MARGIN + run.column * CELL_WIDTH
      const width = run.cells * CELL_WIDTH
      const fill = run.background
        ? `<rect x="${round(x)}" y="${y}" width="${round(width)}" height="${CELL_HEIGHT}" fill="${run.background}"/>`
        : ''
      if (run.text.trim() === '') return fill
      const look = `${run.bold ? ' font-weight="bold"' : ''}${run.dim ? ' opacity="0.6"' : ''}`
      return `${fill}<text x="${round(x)}" y="${round(y + 12.6)}" textLength="${round(width)}" lengthAdjust="spacingAndGlyphs" fill="${run.color}"${look}>${escape(run.text)}</text>`
    })
    .join('')
}

/** Neighbouring cells that look alike, joined. */
function runs(terminal: Terminal, row: number): Run[] {
  const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row)
  const found: Run[] = []
  for (let column = 0; column < terminal.cols; column++) {
    const cell = line?.getCell(column)
    if (!cell || cell.getWidth() === 0) continue
    const run = runOf(cell, column)
    const last = found.at(-1)
    if (last && alike(last, run)) {
      last.text += run.text
      last.cells += run.cells
    } else found.push(run)
  }
  return found
}

function runOf(cell: IBufferCell, column: number): Run {
  const front = cell.isFgDefault() ? FOREGROUND : color(cell.getFgColor(), cell.isFgRGB())
  const back = cell.isBgDefault() ? undefined : color(cell.getBgColor(), cell.isBgRGB())
  const inverse = cell.isInverse() !== 0
  return {
    column,
    cells: cell.getWidth(),
    text: cell.getChars() || ' ',
    color: inverse ? (back ?? BACKGROUND) : front,
    background: inverse ? front : back,
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
  }
}

function alike(a: Run, b: Run): boolean {
  return a.color === b.color && a.background === b.background && a.bold === b.bold && a.dim === b.dim
}

/** A palette index (or 24-bit value) as a CSS colour; 16–255 are the usual cube and greys. */
function color(value: number, rgb: boolean): string {
  if (rgb) return `#${value.toString(16).padStart(6, '0')}`
  if (value < 16) return ANSI[value] ?? FOREGROUND
  if (value >= 232) return hex(8 + (value - 232) * 10, 8 + (value - 232) * 10, 8 + (value - 232) * 10)
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40)
  const cube = value - 16
  return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6))
}

function hex(...channels: number[]): string {
  return `#${channels.map((each) => each.toString(16).padStart(2, '0')).join('')}`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
