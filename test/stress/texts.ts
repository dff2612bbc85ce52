import fc from 'fast-check'
import { safe } from '../../src/domain/safe.ts'
import { harmless, hostileText } from '../support/hostile.ts'

/** Sends `count` hostile texts through the sanitiser. Returns those that did not come out harmless. */
export function texts(count: number): { sent: number; passed: string[] } {
  const passed: string[] = []
  // In parts, since all of a sample is in memory.
  for (let sent = 0; sent < count; sent += PART) {
    for (const text of fc.sample(hostileText, Math.min(PART, count - sent))) {
      if (!harmless(safe(text))) passed.push(JSON.stringify(text))
    }
  }
  return { sent: count, passed }
}

const PART = 50_000
