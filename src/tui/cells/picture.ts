import type { View } from '../view.ts'
import { sgr } from './pen.ts'
import { blankRow, change, lay, type Row } from './row.ts'

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

  /** What is on the terminal is not known any more: the next view is sent whole. */
  forget(): void {
    this.rows = []
    this.sources = []
  }

  /** What to send for the terminal to show `view`; empty where it does. */
  show(view: View): string {
    const known = this.columns === view.columns && this.rows.length === view.rows
    if (!known) this.begin(view)
    const changes = this.changes(view)
    if (!known) return BEGIN + CLEAR + changes + END
    return changes.length > AT_ONCE ? BEGIN + changes + END : changes
  }

  private begin({ columns, rows }: View): void {
    this.columns = columns
    this.rows = Array.from({ length: rows }, () => blankRow(columns))
    this.sources = []
  }

  /** It leaves the terminal writing plainly. */
  private changes({ columns, lines, overlay }: View): string {
    let text = ''
    let style = ''
    for (const [index, before] of this.rows.entries()) {
      const line = lines[index] ?? ''
      const over = overlay?.lines[index - overlay.top] ?? ''
      const source = `${line}\n${overlay?.left}\n${over}`
      if (source === this.sources[index]) continue
      const row = blankRow(columns)
      lay(row, line)
      lay(row, over, overlay?.left)
      const made = change(before, row, index, style)
      text += made.text
      style = made.style
      this.rows[index] = row
      this.sources[index] = source
    }
    return style === '' ? text : text + sgr(style, '')
  }
}
