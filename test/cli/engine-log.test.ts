import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEngineLog } from '../../src/cli/engine-log.ts'
import { openRotatingLog } from '../../src/cli/rotating-log.ts'
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

test('it is put aside while it is written to, between two lines, and none is lost', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'own.log')
  const log = openRotatingLog(path, 1000)
  const lines = Array.from({ length: 100 }, (_, at) => `${at} `.padEnd(29, 'x') + '\n')
  for (const line of lines) log.write(line)
  const files = ['own.log.3', 'own.log.2', 'own.log.1', 'own.log'].map((name) =>
    readFileSync(join(folder.path, name), 'utf8'),
  )
  expect(files.map(({ length }) => length)).toEqual([990, 990, 990, 30])
  expect(files.join('')).toBe(lines.join(''))
})

test('one that somebody moved is begun anew when told so, until then its lines go where it went', () => {
  using folder = temporaryFolder()
  const path = join(folder.path, 'own.log')
  const log = openRotatingLog(path)
  log.write('one\n')
  renameSync(path, `${path}.moved`)
  log.write('two\n')
  log.reopen()
  log.write('three\n')
  expect(readFileSync(`${path}.moved`, 'utf8')).toBe('one\ntwo\n')
  expect(readFileSync(path, 'utf8')).toBe('three\n')
})
