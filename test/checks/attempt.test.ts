import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/cli/system-clock.ts'
import type { Checker, Delivery } from '../../src/domain/check.ts'
import { NO_REPORT } from '../../src/domain/list-report.ts'
import { ZafraError } from '../../src/domain/error.ts'
import { createRunner } from '../../src/runner/index.ts'
import { attemptBench, type AttemptBench } from '../support/attempts.ts'
import { task } from '../support/task.ts'

let bench: AttemptBench
beforeEach(() => {
  bench = attemptBench()
})
afterEach(() => bench.close())

const OUT = '> "$SCRAPER_OUTPUT_FILE"'

/** Runs a shell script whose output `checker` judges. */
function start(script: string, checker: Checker) {
  const cyt = { command: ['/bin/sh', '-c', script], pass_env: [], timeout: null, browser: false }
  const runner = createRunner(
    { ...bench.config, scrapers: { cyt } },
    { clock: systemClock, builtinScrapers: '/nonexistent', checker },
  )
  const spec = { mode: 'full', output_file: bench.output, url_list_file: null, previous_file: null } as const
  const tag = `${runner.tagPrefix}1/1`
  return runner.start(
    { ...spec, task: task(), number: 1, tag, history: [], log_file: bench.log },
    () => {},
    () => {},
  )
}

/** Hears what it is asked to judge, and refuses it. */
function hearing(): Checker & { heard: Delivery[] } {
  const heard: Delivery[] = []
  const facts = {
    rows: 0,
    quarantined: 0,
    duplicates: 0,
    ...NO_REPORT,
    complete: null,
    coverage: {},
    seconds: null,
    profile: null,
  }
  return {
    heard,
    check(delivery) {
      heard.push(delivery)
      return Promise.resolve({ verdict: 'failed', findings: [], facts })
    },
  }
}

test('bad rows do not count, and stand beside the accepted file', async () => {
  const rows = [
    'id,url',
    ...Array.from({ length: 99 }, (_, at) => `${at},https://a.mx/${at}`),
    '99,two words',
  ].join('\\n')
  const result = await bench.run({ script: `printf '${rows}\\n' ${OUT}` })
  expect(result).toMatchObject({ outcome: 'completed', output: { rows: 99 }, checked: { verdict: 'ok' } })
  const quarantine = join(dirname(bench.output), 'CyT_Gdl_Ven_Dep_Nov26_01.quarantine.csv')
  expect(readFileSync(quarantine, 'utf8')).toBe(
    'quarantine_reason,id,url\n"the address has a space in it",99,two words\n',
  )
  expect(result.output?.bytes).toBe(readFileSync(bench.output).length)
})

test('a checker hears what the scraper said of itself', async () => {
  const say = (message: object) => `echo '${JSON.stringify({ scraper: 1, ...message })}'`
  const checker = hearing()
  const lines = [
    `printf 'id\\n1\\n' ${OUT}`,
    say({ type: 'progress', items: 1, expected: 40 }),
    say({ type: 'result', rows: 1, complete: false }),
  ]
  await start(lines.join('\n'), checker).done
  expect(checker.heard).toMatchObject([
    {
      task: { website: 'CyT', operation: 'Ven' },
      complete: false,
      said: 1,
      report: { expected: 40 },
      history: [],
    },
  ])
  expect(checker.heard[0]?.seconds).toBeGreaterThan(0)
})

test('the time of an attempt that goes on from another says nothing', async () => {
  const checker = hearing()
  const state = `echo '{"scraper":1,"type":"state","value":1}'`
  await start(`printf 'id\\n1\\n' ${OUT}; ${state}; exit 75`, checker).done
  await start(`printf '2\\n' >${OUT}`, checker).done
  expect(checker.heard.map(({ seconds }) => seconds)).toEqual([null])
})

test('what the checks refuse is not gone on from', async () => {
  const state = `echo '{"scraper":1,"type":"state","value":1}'`
  const result = await start(`printf 'id\\n1\\n' ${OUT}; ${state}`, hearing()).done
  expect(result).toMatchObject({
    outcome: 'failed',
    error: { class: 'output' },
    checked: { verdict: 'failed' },
  })
  expect(existsSync(bench.output)).toBe(false)
  expect(existsSync(`${bench.output}.state`)).toBe(false)
})

test('an attempt can be cancelled while its output is checked', async () => {
  const begun = Promise.withResolvers<void>()
  const attempt = start(`printf 'id\\n1\\n' ${OUT}`, {
    check(_delivery, signal) {
      begun.resolve()
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new ZafraError('interrupted', 'stopped')))
      })
    },
  })
  await begun.promise
  attempt.stop('cancel')
  expect(await attempt.done).toMatchObject({ outcome: 'cancelled', checked: null })
})

test('nothing is checked where that is switched off', async () => {
  const quiet = attemptBench((config) => ({ ...config, checks: { ...config.checks, enabled: false } }))
  try {
    const result = await quiet.run({ script: `printf 'url\\ntwo words\\n' ${OUT}` })
    expect(result).toMatchObject({ outcome: 'completed', output: { rows: 1 }, checked: null })
  } finally {
    await quiet.close()
  }
})
