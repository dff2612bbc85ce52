import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LogEngine } from '../support/log-engine.ts'
import { openTail } from '../support/log-tail.ts'
import { overview } from '../support/overview.ts'
import { openTerminal } from '../support/terminal.ts'

const support = (name: string) => new URL(`../support/${name}`, import.meta.url).pathname
let folder: string

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zafra-flood-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** The number of the last line on a screen; 0: none is. */
function lastLine(screen: string): number {
  return Number([...screen.matchAll(/ line (\d+) /g)].at(-1)?.[1] ?? 0)
}

function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
}

test('50,000 lines a second are followed while keys act at once and memory stays', async () => {
  const path = join(folder, '105-1.log')
  const flood = spawn(execPath, [support('flood-log.ts'), path], { stdio: 'inherit' })
  const terminal = openTerminal(execPath, [support('tui-flood.ts'), path], { columns: 100, rows: 30 })
  try {
    await terminal.until((screen) => screen.includes('q quit') && existsSync(path), 'the dashboard')
    terminal.send('l')
    await terminal.until((screen) => lastLine(screen) > 10_000, 'the flood')
    const before = residentBytes(terminal.pid)
    const waited: number[] = []
    for (let turn = 0; turn < 10; turn += 1) {
      const hidden = turn % 2 === 0
      const pressed = performance.now()
      terminal.send('#')
      await terminal.until(
        (screen) => /\d\d:\d\d:\d\d out line/.test(screen) !== hidden,
        'the times come and go',
      )
      waited.push(performance.now() - pressed)
    }
    // Far from tight: a frame takes some milliseconds here, and the machine may have other things to do.
    expect(waited.toSorted((one, other) => one - other)[5]).toBeLessThan(300)
    const seen = lastLine(terminal.screen())
    await terminal.until((screen) => lastLine(screen) > seen + 50_000, '50,000 lines more')
    expect(residentBytes(terminal.pid) - before).toBeLessThan(100e6)

    terminal.send('k')
    await terminal.until((screen) => screen.includes('scrolled back'), 'that it stays')
    await terminal.quiet(300)
    const kept = lastLine(terminal.screen())
    terminal.send('/')
    for (const key of 'line 7 ') terminal.send(key)
    await terminal.until((screen) => /\/line 7 {3}1 of \d/.test(screen), 'the first match, far back')
    terminal.send('\r')
    terminal.send('G')
    await terminal.until((screen) => lastLine(screen) > kept, 'the newest lines again')
  } finally {
    terminal.end()
    flood.kill()
    await once(flood, 'exit')
  }
})

const HUGE = 2 * 1024 ** 3
const line = (at: number) => `2026-09-01T08:00:00.000Z out: line ${at} página\n`
const lines = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => line(from + at)).join('')

test('a log of 2 GB opens at its end, and is searched by pieces while keys act', async () => {
  const path = join(folder, '1-1.log')
  const file = await open(path, 'w')
  await file.write(lines(1, 20_000), 0)
  // In between there is nothing, and nobody may read it to show the end.
  await file.write(`\n${lines(900_001, 920_000)}`, HUGE)
  await file.close()
  const engine = new LogEngine(overview(), path)
  const { tail, view, seen, clock } = await openTail(engine)
  await expect.poll(seen).toContain('line 920000 página')
  expect(engine.queries.filter(({ type }) => type === 'log').length).toBeLessThanOrEqual(2)

  await tail.scroll(-2000)
  expect(seen()[0]).toBe('line 917991 página')
  await tail.goTo('start')
  expect(seen()[0]).toBe('line 1 página')
  tail.searchFor('line 777')
  await expect.poll(() => view().search).toMatchObject({ count: 11, done: false, at: 0 })
  await expect.poll(() => seen()[3]).toBe('line 777 página')
  tail.seek('next')
  await expect.poll(() => seen()[3]).toBe('line 7770 página')
  await tail.goTo('end')
  clock.advance(100)
  await expect.poll(seen).toContain('line 920000 página')
  expect(view().search?.done).toBe(false)
  tail.close()
})
