import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Bytes that a file of ours takes before it is put aside. */
const FULL = 1024 * 1024
/** Files put aside: `engine.log.1` is the youngest. */
const KEPT = 3

/** A log of the program itself. Nothing of it throws: the work does not depend on being told of. */
export interface RotatingLog {
  /** Adds whole lines, which stay together in one file. */
  write: (lines: string) => void
  /** Goes on in the file of that name, whatever it is by now: somebody may have moved the old one. */
  reopen: () => void
}

/** Opens the log at `path`, for its owner alone: put aside when it is full, the oldest of four files goes. */
export function openRotatingLog(path: string, full = FULL): RotatingLog {
  let file: number | undefined
  let size = 0

  function open(): void {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
      const next = openSync(path, 'a', 0o600)
      if (file !== undefined) closeSync(file)
      file = next
      size = fstatSync(next).size
    } catch {
      // What is open stays open.
    }
  }

  function write(lines: string): void {
    const bytes = Buffer.from(lines)
    if (size > 0 && size + bytes.length > full) {
      rotate(path)
      open()
    }
    if (file === undefined) return
    try {
      size += writeSync(file, bytes)
    } catch {
      // A full disk is told of by the engine itself, as soon as somebody looks.
    }
  }

  open()
  return { write, reopen: open }
}

function rotate(path: string): void {
  try {
    for (let number = KEPT; number > 0; number--) {
      const younger = number === 1 ? path : `${path}.${number - 1}`
      if (statSync(younger, { throwIfNoEntry: false })) renameSync(younger, `${path}.${number}`)
    }
  } catch {
    // Then it grows on where it is.
  }
}
