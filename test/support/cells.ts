import type { TestTerminal } from './terminal.ts'

/** Long enough for a frame, and for the engine's news at their pace. */
const STILL_MS = 300

/** Every cell of the screen with its look, by row. */
export function cellsOf({ emulator }: TestTerminal): string[][] {
  const { active } = emulator.buffer
  return Array.from({ length: emulator.rows }, (_, row) =>
    Array.from({ length: emulator.cols }, (__, column) => {
      const cell = active.getLine(active.baseY + row)?.getCell(column)
      const look = [cell?.isBold(), cell?.isDim(), cell?.isInverse(), cell?.getFgColor()].map(Number)
      return `${cell?.getWidth() === 0 ? '' : cell?.getChars() || ' '} ${look.join(',')}`
    }),
  )
}

/** The rows of a screen that stands still which are otherwise after it is drawn anew: `row: as it was → as it is`. */
export async function wrongRows(terminal: TestTerminal): Promise<string[]> {
  const before = cellsOf(terminal)
  const lines = terminal.lines()
  terminal.send('\u000c')
  await terminal.quiet(STILL_MS)
  const now = terminal.lines()
  return cellsOf(terminal).flatMap((row, at) =>
    row.every((cell, column) => cell === before[at]?.[column]) ? [] : [`${at}: ${lines[at]} → ${now[at]}`],
  )
}
