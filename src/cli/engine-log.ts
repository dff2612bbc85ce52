import { mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../domain/clock.ts'

/** Bytes from which on the file is put aside when it is opened anew. */
const FULL = 1024 * 1024
/** Files put aside: `engine.log.1` is the youngest. */
const KEPT = 3

/**
 * Opens `engine.log` in the folder of the logs, where an engine without a terminal says what it does: each line with
 * its time. The returned function adds lines and never throws: the work does not depend on being told of.
 */
export function openEngineLog(folder: string, clock: Clock): (lines: string) => void {
  const path = join(folder, 'engine.log')
  let file: number | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= FULL) rotate(path)
    file = openSync(path, 'a', 0o600)
  } catch {
    return () => {}
  }
  const add = (text: string) => {
    try {
      writeSync(file, text)
    } catch {
      // A full disk is told of by the engine itself, as soon as somebody looks.
    }
  }
  return (lines) => {
    const time = clock.now().toISOString()
    for (const line of lines.trimEnd().split('\n')) add(`${time} ${line}\n`)
  }
}

function rotate(path: string): void {
  for (let number = KEPT; number > 0; number--) {
    const younger = number === 1 ? path : `${path}.${number - 1}`
    if (statSync(younger, { throwIfNoEntry: false })) renameSync(younger, `${path}.${number}`)
  }
}
