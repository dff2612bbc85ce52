import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { start } from '../support/program.ts'
import { inProcess } from './in-process.ts'

const FIXTURES = new URL('../fixtures/scrapers/contract/', import.meta.url).pathname
const BUILTIN = new URL('../../scrapers/', import.meta.url).pathname

/** Goes on to every scraper, and so tells which processes are of this file. */
const HOME = mkdtempSync(join(tmpdir(), 'zafra-check-home-'))
afterAll(() => rmSync(HOME, { recursive: true }))

function isOurs(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`\0HOME=${HOME}\0`)
  } catch {
    return false
  }
}

interface Report {
  mode: string
  broken: number
  clauses: { clause: string; level: string; verdict: string; detail: string }[]
}

async function check(path: string, ...args: string[]) {
  const { status, stdout } = await inProcess(['scraper', 'check', path, '--json', ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME },
  })
  const report = JSON.parse(stdout) as Report
  const of = (verdict: string) => report.clauses.filter((clause) => clause.verdict === verdict)
  return { status, report, failed: of('fail').map(({ clause }) => clause), of }
}

const WITHOUT_CHECKPOINTS = ['goes on after a checkpoint: no row lost, none twice']
const OF_MAIN = ['detail: reads SCRAPER_URL_LIST_FILE']
const OF_DETAIL = ['takes SCRAPER_INPUT_URL', 'asks for no more than SCRAPER_MAX_PAGES']

describe.concurrent('a scraper', { timeout: 90_000 }, () => {
  test.for([
    [join(FIXTURES, 'good.py'), [], OF_MAIN],
    [
      join(FIXTURES, 'detail.py'),
      ['--detail'],
      ['result says the rows that are there', ...WITHOUT_CHECKPOINTS, ...OF_DETAIL],
    ],
    [join(BUILTIN, 'cyt.ts'), [], OF_MAIN],
  ] as const)('%s keeps every clause', async ([path, args, moot]) => {
    const { status, report, failed, of } = await check(path, ...args)
    expect({ failed, status, broken: report.broken }).toEqual({ failed: [], status: 0, broken: 0 })
    const inapplicable = of('not applicable').map(({ clause }) => clause)
    expect(inapplicable.toSorted()).toEqual(moot.toSorted())
    expect(report.clauses.every(({ level }) => level === 'must' || level === 'should')).toBe(true)
  })

  test.for([
    [
      'careless.py',
      [
        'a portal that fails (HTTP 500) is no success',
        '… and a passing failure is exit status 75',
        'a wall (HTTP 403) is exit status 77',
        'tells its progress',
        'ends within its grace after SIGTERM',
        'names itself as SCRAPER_USER_AGENT says',
        'asks for no more than SCRAPER_MAX_PAGES',
        'waits SCRAPER_RATE_LIMIT between two pages',
      ],
    ],
    [
      'babbles.sh',
      [
        'result says the rows that are there',
        'a line that claims to be a message is one',
        'messages have no fields that nobody knows',
        'writes no control characters to its log',
      ],
    ],
    [
      'litters.sh',
      [
        'leaves no process behind',
        'writes nothing beside its output',
        'files for reading only stay as they are',
      ],
    ],
    ['header_only.sh', ['no success without rows, unless result says complete']],
    ['forgetful.mjs', ['goes on after a checkpoint: no row lost, none twice']],
    ['crashes.py', ['exit status 0 when it delivered', 'tells its progress']],
    ['never_ends.sh', ['ends by itself', 'exit status 0 when it delivered']],
  ] as const)('%s breaks what it breaks, and no more', async ([name, broken]) => {
    const { status, failed } = await check(
      join(FIXTURES, name),
      '--grace',
      '0.5',
      '--timeout',
      name === 'never_ends.sh' ? '2' : '60',
    )
    expect({ failed, status }).toEqual({ failed: broken, status: 1 })
  })

  test('the details say what was seen', async () => {
    const { of } = await check(join(FIXTURES, 'babbles.sh'))
    expect(of('fail').map(({ detail }) => detail)).toEqual([
      'it says 5, there are 2',
      'a log line to the engine: {"scraper":1,"type":"progres","page":2}',
      '{"scraper":1,"type":"progress","page":1,"percent":50}',
      'standard error: \u001b[31mlisto\u001b[0m',
    ])
    const crashed = await check(join(FIXTURES, 'crashes.py'))
    expect(crashed.of('fail')[0]?.detail).toBe(
      "exit status 1, KeyError: 'precio'; --url URL names pages that it can read",
    )
  })
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends a check, the scraper with it, and leaves no folder',
  async (signal) => {
    const temporary = mkdtempSync(join(HOME, 'tmp-'))
    const env = { HOME, TMPDIR: temporary }
    const { process: zafra, ended } = start(['scraper', 'check', join(FIXTURES, 'never_ends.sh')], { env })
    const running = () => readdirSync('/proc').filter((pid) => isOurs(pid) && Number(pid) !== zafra.pid)
    await expect.poll(running, { timeout: 20_000 }).not.toEqual([])
    zafra.kill(signal)
    expect(await ended).toMatchObject({
      status: 130,
      stderr: expect.stringContaining('nothing of the scraper is left'),
    })
    expect([running(), readdirSync(temporary)]).toEqual([[], []])
  },
)

test('no process of any of them is left', () => {
  expect(readdirSync('/proc').filter(isOurs)).toEqual([])
})
