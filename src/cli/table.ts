import type { ChalkInstance, ForegroundColorName } from 'chalk'
import { safe } from '../domain/safe.ts'
import textWidth from './text-width.ts'

export type Cell = string | number | boolean | null

export interface Column {
  name: string
  align?: 'right'
  /** How the padded text of a cell looks on a terminal. */
  style?: (cell: Cell, colour: ChalkInstance) => ChalkInstance
}

/** A column of words, each in its colour. Whatever else a database holds there is shown as it is. */
export function wordColumn(name: string, colours: Readonly<Record<string, ForegroundColorName>>): Column {
  const known = new Map(Object.entries(colours))
  return {
    name,
    style(cell, colour) {
      const word = known.get(String(cell))
      return word ? colour[word] : colour
    },
  }
}

const GAP = '  '
/** A cut column narrower than this says nothing; the row then wraps. */
const LEAST_LAST = 20

/**
 * Header and rows as lines of equal columns, for a person. Cells are sanitised here.
 * @param width of the terminal; the last column is cut to it, so that a row stays a line
 */
export function alignedTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  colour: ChalkInstance,
  width: number,
): string[] {
  const texts = rows.map((row) => row.map(plainCell))
  const widths = columns.map((column, at) =>
    texts.reduce((widest, row) => Math.max(widest, textWidth(row[at] ?? '')), textWidth(column.name)),
  )
  const last = widths.length - 1
  const before = widths.slice(0, last).reduce((sum, each) => sum + each + GAP.length, 0)
  widths[last] = Math.min(widths[last] ?? 0, Math.max(width - before, LEAST_LAST))
  const padded = (whole: string, at: number) => {
    const text = cut(whole, widths[at] ?? 0)
    const fill = ' '.repeat((widths[at] ?? 0) - textWidth(text))
    return columns[at]?.align === 'right' ? fill + text : text + fill
  }
  const head = columns.map((column, at) => padded(column.name, at)).join(GAP)
  return [
    colour.bold(head.trimEnd()),
    ...texts.map((row, index) => {
      const cells = row.map((text, at) => {
        const style = columns[at]?.style
        return style ? style(rows[index]?.[at] ?? null, colour)(padded(text, at)) : padded(text, at)
      })
      return cells.join(GAP).trimEnd()
    }),
  ]
}

/** A cell as one line of text that no terminal would act on; nothing for null. */
export function plainCell(cell: Cell): string {
  return cell === null ? '' : safe(String(cell))
}

/** `text` in at most `width` columns, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (textWidth(kept + segment) >= width) break
    kept += segment
  }
  return `${kept}…`
}
