import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { showProgress } from '../../src/cli/logs/export-progress.ts'
import { createOutput } from '../../src/cli/output.ts'
import { testClock } from '../support/clock.ts'

/** What is said on standard error of a thousand pieces of work, 20 ms each. */
function said(options: { terminal: boolean; quiet?: boolean }): string[] {
  const stderr = Object.assign(new PassThrough(), { isTTY: options.terminal })
  // A stream in memory does all that is asked of a terminal here, and has not its type.
  const streams = { stdout: new PassThrough(), stderr, env: {} } as unknown as Parameters<
    typeof createOutput
  >[0]
  const output = createOutput(streams, options.quiet ? { quiet: true } : {})
  const clock = testClock()
  const progress = showProgress(1000e6, { output, stderr: streams.stderr, clock })
  for (let done = 1; done <= 1000; done++) {
    clock.advance(20)
    progress.at(done * 1e6, done * 100)
  }
  progress.end()
  return String(stderr.read() ?? '').split(/(?<=\n|\u001b\[K)/)
}

test('a bar on a terminal, ten times a second, and gone at the end', () => {
  const pictures = said({ terminal: true })
  expect(pictures).toHaveLength(201)
  expect(pictures[99]).toBe('\r█████·····  50 %  500.0 MB of 1000.0 MB  50,000 lines\u001b[K')
  expect(pictures.at(-1)).toBe('\r\u001b[K')
})

test('a line every ten seconds elsewhere, and nothing where nobody wants to know', () => {
  expect(said({ terminal: false })).toEqual([
    '50 %  500.0 MB of 1000.0 MB  50,000 lines\n',
    '100 %  1000.0 MB of 1000.0 MB  100,000 lines\n',
  ])
  expect(said({ terminal: true, quiet: true })).toEqual([''])
})
