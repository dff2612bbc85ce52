import { join } from 'node:path'
import type { Clock } from '../domain/clock.ts'
import { openRotatingLog } from './rotating-log.ts'

/**
 * Opens `engine.log` in the folder of the logs, where an engine without a terminal says what it does: each line with
 * its time. The returned function adds lines and never throws.
 */
export function openEngineLog(folder: string, clock: Clock): (lines: string) => void {
  const log = openRotatingLog(join(folder, 'engine.log'))
  return (lines) => {
    const time = clock.now().toISOString()
    for (const line of lines.trimEnd().split('\n')) log.write(`${time} ${line}\n`)
  }
}
