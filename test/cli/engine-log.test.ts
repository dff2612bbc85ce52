import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEngineLog } from '../../src/cli/engine-log.ts'
import { testClock } from '../support/clock.ts'
import { temporaryFolder } from '../support/program.ts'

const clock = testClock(new Date('2026-11-24T05:31:00.123Z'))

test('each line has its time; what was there before stays', () => {
  using folder = temporaryFolder()
  const logs = join(folder.path, 'logs')
  openEngineLog(logs, clock)('one\ntwo\n')
  openEngineLog(logs, clock)('three')
  const time = '2026-11-24T05:31:00.123Z'
  expect(readFileSync(join(logs, 'engine.log'), 'utf8')).toBe(`${time} one\n${time} two\n${time} three\n`)
  expect(statSync(join(logs, 'engine.log')).mode & 0o077).toBe(0)
})

test('a full file is put aside when it is opened, and the oldest of four goes', () => {
  using folder = temporaryFolder()
  for (const text of ['a', 'b', 'c', 'd', 'e']) {
    openEngineLog(folder.path, clock)('x')
    writeFileSync(join(folder.path, 'engine.log'), text.repeat(1024 * 1024))
  }
  const names = readdirSync(folder.path).sort()
  expect(names).toEqual(['engine.log', 'engine.log.1', 'engine.log.2', 'engine.log.3'])
  expect(names.map((name) => readFileSync(join(folder.path, name), 'utf8')[0])).toEqual(['e', 'd', 'c', 'b'])
})

test('where it cannot be written, nobody is hurt', () => {
  using folder = temporaryFolder()
  mkdirSync(join(folder.path, 'engine.log'))
  expect(() => openEngineLog(folder.path, clock)('lost')).not.toThrow()
})
