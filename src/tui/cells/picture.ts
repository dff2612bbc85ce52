import { sgr } from './pen.ts'
import { blankRow, change, lay, type Row } from './row.ts'

/** A frame: `rows` lines of text with SGR sequences; what a line lacks of `columns` cells is blank. */
export interface Lines {
  columns: number
  rows: number
  lines: readonly string[]
}

/** Whatever wrote here before us may have left its colours. */
const CLEAR = '\u001b[m\u001b[H\u001b[2J'
const BEGIN = '\u001b[?2026h'
const END = '\u001b[?2026l'
/** A terminal shows so few bytes at once in any case. */
const AT_ONCE = 64

/** What the terminal shows, cell by cell, so that only the cells that change need to be sent. */
export class Picture {
  private columns = 0
  /** What is on the terminal; empty: unknown. */
  private rows: Row[] = []
  /** What each row was made of. */
  private sources: string[] = []

  /** What is on the terminal is not known any more: the next frame is sent whole. */
  forget(): void {
    this.rows = []
    this.sources = []
  }

  /** What to send for the terminal to show `frame`; empty where it does. */
  show(frame: Lines): string {
    const known = this.columns === frame.columns && this.rows.length === frame.rows
    if (!known) this.begin(frame)
    const changes = this.changes(frame)
    if (!known) return BEGIN + CLEAR + changes + END
    return changes.length > AT_ONCE ? BEGIN + changes + END : changes
  }

  private begin({ columns, rows }: Lines): void {
    this.columns = columns
    this.rows = Array.from({ length: rows }, () => blankRow(columns))
    this.sources = []
  }

  /** It leaves the terminal writing plainly. */
  private changes({ columns, lines }: Lines): string {
    let text = ''
    let style = ''
    for (const [index, before] of this.rows.entries()) {
      const line = lines[index] ?? ''
      if (line === this.sources[index]) continue
      const row = blankRow(columns)
      lay(row, line)
      const made = change(before, row, index, style)
      text += made.text
      style = made.style
      this.rows[index] = row
      this.sources[index] = line
    }
    return style === '' ? text : text + sgr(style, '')
  }
}
