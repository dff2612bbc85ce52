import { characters, width } from '../text.ts'
import { changed, PLAIN, sgr, styleOf, type Pen } from './pen.ts'
import { blankRow, change, copyOf, place, type Row } from './row.ts'

/** The screen is blank after this, and what is on it is known. */
export const CLEAR = '\u001b[H\u001b[2J'
const BEGIN = '\u001b[?2026h'
const END = '\u001b[?2026l'
/** A terminal shows so few bytes at once in any case. */
const AT_ONCE = 64

/** In turn: a private mode, a sequence, one that does not touch the screen, the end of a line, text. */
const TOKEN =
  // oxlint-disable-next-line no-control-regex
  /\u001b\[\?(\d+[hl])|\u001b\[([\d;]*)([A-Za-z])|(\u001b\][^\u0007]*\u0007|\u001bP[^\u001b]*(?:\u001b\u001b[^\u001b]*)*\u001b\\)|(\r|\n)|([^\u001b\r\n]+)/y

/**
 * What the terminal is to show, cell by cell. Ink writes the rest of a line wherever it changes; of that only the cells
 * that differ are passed on, each at its own place. What it does not understand it passes on as it is, and
 * goes on so until the screen is cleared.
 */
export class CellDiff {
  private readonly size: () => { columns: number; rows: number }
  private columns = 0
  /** What is on the screen; empty: unknown. */
  private rows: Row[] = []
  private readonly next = new Map<number, Row>()
  private cursor = { row: 0, column: 0 }
  private pen: Pen = PLAIN
  private framed = false
  private readonly sequences: Readonly<Record<string, (argument: string) => boolean>> = {
    A: (count) => this.go(this.cursor.row - (Number(count) || 1), this.cursor.column),
    E: (count) => this.go(this.cursor.row + (Number(count) || 1), 0),
    G: (column) => this.go(this.cursor.row, (Number(column) || 1) - 1),
    H: (at) => at === '' && this.go(0, 0),
    K: (what) => this.erase(what),
    m: (parameters) => this.restyle(parameters),
  }

  /** @param size of the terminal, asked for when the screen is cleared */
  constructor(size: () => { columns: number; rows: number }) {
    this.size = size
  }

  /** What to send instead of `text`: shows the same. */
  shorten(text: string): string {
    const cleared = text.lastIndexOf(CLEAR)
    if (cleared === -1) return this.rows.length > 0 ? this.follow(text, 0) : text
    const before = text.slice(0, cleared).replaceAll(/\u001b\[\?2026[hl]/g, '')
    this.begin()
    return before + CLEAR + this.follow(text, cleared + CLEAR.length)
  }

  private begin(): void {
    const { columns, rows } = this.size()
    this.columns = columns
    this.rows = Array.from({ length: rows }, () => blankRow(columns))
    this.next.clear()
    this.cursor = { row: 0, column: 0 }
    this.pen = PLAIN
  }

  private follow(text: string, from: number): string {
    let aside = ''
    this.framed = false
    for (let at = from; at < text.length; at = TOKEN.lastIndex) {
      TOKEN.lastIndex = at
      const token = TOKEN.exec(text)
      if (!token || !this.take(token)) return aside + this.giveUp() + text.slice(at)
      const mode = token[1]
      if (token[4] !== undefined || (mode !== undefined && !mode.startsWith('2026'))) aside += token[0]
    }
    const changes = this.flush()
    const framed = this.framed && changes.length > AT_ONCE
    return aside + (framed ? BEGIN + changes + END : changes)
  }

  private take([, mode, parameters = '', letter, , end, text]: RegExpExecArray): boolean {
    if (mode === '2026h') this.framed = true
    if (letter !== undefined) return this.sequences[letter]?.(parameters) ?? false
    if (end !== undefined) return this.go(this.cursor.row + (end === '\n' ? 1 : 0), 0)
    return text === undefined || this.print(text)
  }

  /** Above the top Ink goes only to the top; below the last row the screen would scroll. */
  private go(row: number, column: number): boolean {
    if (row >= this.rows.length) return false
    this.cursor = { row: Math.max(0, row), column: Math.min(column, this.columns - 1) }
    return true
  }

  private erase(what: string): boolean {
    if (what !== '' && what !== '2') return false
    const row = this.rowInHand()
    const from = what === '2' ? 0 : this.cursor.column
    // A wide glyph loses both halves.
    if (row.texts[from] === '') row.texts[from - 1] = ' '
    row.texts.fill(' ', from)
    row.styles.fill('', from)
    return true
  }

  private restyle(parameters: string): boolean {
    const pen = changed(this.pen, parameters)
    if (pen) this.pen = pen
    return pen !== null
  }

  private print(text: string): boolean {
    const row = this.rowInHand()
    const style = styleOf(this.pen)
    let { column } = this.cursor
    for (const character of characters(text)) {
      const cells = width(character)
      if (cells < 1 || cells > 2 || column + cells > this.columns) return false
      row.texts[column] = character
      if (cells === 2) row.texts[column + 1] = ''
      row.styles.fill(style, column, column + cells)
      column += cells
    }
    this.cursor = { ...this.cursor, column }
    return true
  }

  private rowInHand(): Row {
    const { row } = this.cursor
    const own = this.next.get(row) ?? copyOf(this.rows[row] ?? blankRow(this.columns))
    this.next.set(row, own)
    return own
  }

  /** What brings the screen to what it is to show; it leaves the terminal writing plainly. */
  private flush(): string {
    let text = ''
    let style = ''
    for (const [index, row] of [...this.next].toSorted(([a], [b]) => a - b)) {
      const made = change(this.rows[index] ?? blankRow(this.columns), row, index, style)
      text += made.text
      style = made.style
      this.rows[index] = row
    }
    this.next.clear()
    return style === '' ? text : text + sgr(style, '')
  }

  /** Leaves the terminal where whoever writes believes it to be. */
  private giveUp(): string {
    const changes = this.flush()
    this.rows = []
    const { row, column } = this.cursor
    const style = styleOf(this.pen)
    return (
      (this.framed ? BEGIN : '') +
      changes +
      place(row, Math.min(column, this.columns - 1)) +
      (style === '' ? '' : sgr('', style))
    )
  }
}
