import { workerData } from 'node:worker_threads'
import { LogWriter } from '../../src/runner/log-writer.ts'
import { testClock } from '../support/clock.ts'

/** One log after another, each of `lines` lines, in a thread of its own: its reader is not in its event loop. */
export interface Writing {
  logs: readonly string[]
  cap: number
  lines: number
  length: number
}

const { logs, cap, lines, length } = workerData as Writing
for (const log of logs) {
  const writer = new LogWriter(log, cap, testClock(), () => {})
  for (let at = 0; at < lines; at++) {
    writer.line('out', Buffer.from(`${at} `.padEnd(length, 'x')))
    await new Promise(setImmediate)
  }
  await writer.close()
}
