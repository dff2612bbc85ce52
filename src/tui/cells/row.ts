import { sgr } from './pen.ts'

/** A row of the screen. The second half of a wide glyph has no text. */
export interface Row {
  texts: string[]
  /** As `styleOf`. */
  styles: string[]
}

/** To write so many cells again costs no more than to go past them. */
const GAP = 4

export function blankRow(columns: number): Row {
  return { texts: Array<string>(columns).fill(' '), styles: Array<string>(columns).fill('') }
}

export function copyOf({ texts, styles }: Row): Row {
  return { texts: [...texts], styles: [...styles] }
}

/** What makes `now` of `before` at row `index`, given that the terminal writes in `style`, and the style after it. */
export function change(before: Row, now: Row, index: number, style: string): { text: string; style: string } {
  let text = ''
  let written = style
  for (const { from, to } of differences(before, now)) {
    text += text === '' ? place(index, from) : `\u001b[${from + 1}G`
    for (let column = from; column <= to; column += 1) {
      const own = now.styles[column] ?? ''
      if (own !== written) text += sgr(written, own)
      written = own
      text += cellOf(now, column)
    }
  }
  return { text, style: written }
}

/** What writes this cell. Terminals do not agree on how wide an odd glyph is: what follows it gets its place anew. */
function cellOf({ texts }: Row, column: number): string {
  const text = texts[column] ?? ''
  if (text.length <= 1 && texts[column + 1] !== '') return text
  const after = texts[column + 1] === '' ? column + 2 : column + 1
  const to = (at: number) => `\u001b[${at + 1}G`
  return ' '.repeat(after - column) + to(column) + text + (after < texts.length ? to(after) : '')
}

/** Whether a row holds a glyph that is wide or made of several characters. */
function isOdd({ texts }: Row): boolean {
  return texts.some((text) => text.length !== 1)
}

/** Puts the cursor there, both counted from 0. */
export function place(row: number, column: number): string {
  return column === 0 ? `\u001b[${row + 1}H` : `\u001b[${row + 1};${column + 1}H`
}

/**
 * The stretches of cells that differ, near ones as one; none begins within a wide glyph. Where there is an odd one
 * all of the row from there on may stand elsewhere.
 */
function differences(before: Row, now: Row): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  for (let column = 0; column < now.texts.length; column += 1) {
    if (before.texts[column] === now.texts[column] && before.styles[column] === now.styles[column]) continue
    const last = found.at(-1)
    if (last && column - last.to <= GAP) last.to = column
    else found.push({ from: now.texts[column] === '' ? column - 1 : column, to: column })
  }
  const [first] = found
  if (first && (isOdd(before) || isOdd(now))) return [{ from: first.from, to: now.texts.length - 1 }]
  return found
}
