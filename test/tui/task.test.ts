import { describe, expect, test } from 'vitest'
import type { Views } from '../../src/domain/query.ts'
import { attempt } from '../support/attempt.ts'
import { harmless } from '../support/hostile.ts'
import { runningTask } from '../support/overview.ts'
import { task } from '../support/task.ts'
import { doubtfulTask, openTaskScreen, outputView } from '../support/task-view.ts'

const alone = (set: Partial<Views['task']> = {}): Views['task'] => ({
  task: task({ id: 3 }),
  attempts: [],
  running: null,
  names: { website: 'CyT', city: 'Gdl', operation: 'Ven', product: 'Dep' },
  ...set,
})

describe('the task screen', () => {
  test('shows facts, attempts side by side, checks, the first rows, and the end of the log', async () => {
    const { screen } = await openTaskScreen()
    expect(screen()).toContain('[1 Dashboard › Task]')
    expect(screen()).toContain(
      'Lam (Lamudi) · city Zap (Zapopan) · operation Ren (renta) · product Cas (Casa) · variant 2',
    )
    expect(screen()).toMatch(/URL +https:\/\/www\.lamudi\.com\.mx\/jalisco\/zapopan\/casa\/for-rent\//)
    expect(screen()).toMatch(/Attempt +1 +2 +▸ 3/)
    expect(screen()).toMatch(/Outcome +✗ failed +○ interrupted +✓ completed/)
    expect(screen()).toMatch(/Class +blocked +– +–/)
    expect(screen()).toMatch(/Exit +77 +SIGTERM +0/)
    expect(screen()).toMatch(/HTTP +403 +– +–/)
    expect(screen()).toMatch(/Peak CPU +37 % +– +–/)
    expect(screen()).toMatch(/Peak mem +182\.3 MB +– +–/)
    expect(screen()).toMatch(/Checks +– +– +! suspect/)
    expect(screen()).toContain('412 rows, the usual is 1,204: 34 % of it')
    expect(screen()).toContain('Log of attempt 3')
    expect(screen()).toContain('out page 30')
  })

  test('says why a detail task is skipped, and that its main task is retried instead', async () => {
    const error_message = 'its main task failed: HTTP 500 at page 1'
    const set = { id: 3, status: 'skipped', depends_on: 2, ready: false, error_message } as const
    const { screen } = await openTaskScreen(alone({ task: task(set) }))
    expect(screen()).toContain('» skipped')
    expect(screen()).toMatch(/Why +its main task failed: HTTP 500 at page 1/)
    expect(screen()).not.toContain('waits for its main task')
  })

  test('columns of the output stay aligned under accents and wide glyphs; hostile cells are harmless', async () => {
    const { press, lines: seen } = await openTaskScreen()
    await press('G')
    const lines = seen().filter((line) => /lamudi\.com\.…|nombre|rojo/.test(line))
    const [head = '', ...rows] = lines
    expect(rows).toHaveLength(3)
    // The wide glyphs of the second row take two cells each: four characters fewer before its address.
    expect([rows[0], rows[1]].map((row) => row?.indexOf('https'))).toEqual([
      head.indexOf('url'),
      head.indexOf('url') - 4,
    ])
    expect(rows[2]).toMatch(/3 {3}rojo .* x\^Jy/)
    for (const line of seen()) expect(harmless(line)).toBe(true)
  })

  test('[ and ] look at another attempt and the end of its log', async () => {
    const { engine, press, screen, rest } = await openTaskScreen()
    const line = { offset: 0, at: '2026-09-01T08:00:00.000Z', continued: false } as const
    engine.earlierLogs.set('3/1', [{ ...line, stream: 'err', text: 'a wall' }])
    engine.earlierLogs.set('3/2', [{ ...line, stream: 'out', text: 'the second' }])
    await press('[')
    await rest()
    expect(screen()).toContain('the second')
    await press('[')
    await rest()
    expect(screen()).toMatch(/Attempt +▸ 1 +2 +3/)
    expect(screen()).toMatch(/Message +403 with a challenge page/)
    expect(screen()).toMatch(/Metrics +requests 41, http_403 3/)
    expect(screen()).toMatch(/Log of attempt 1[^]*err a wall/)
    await press('[')
    expect(screen()).toContain('this is the first attempt')
    await press(']', ']', ']')
    expect(screen()).toContain('this is the last attempt')
  })

  test('Enter opens the log at the error of the attempt, and Esc comes back', async () => {
    const { engine, press, screen, rest } = await openTaskScreen()
    await press('enter')
    expect(screen()).toContain('this attempt tells of no error')
    engine.earlierLogs.set('3/2', [])
    engine.print(9, 'out', ...Array.from({ length: 200 }, (_, at) => `line ${at}`))
    engine.print(9, 'err', 'the wall')
    engine.print(9, 'out', ...Array.from({ length: 200 }, (_, at) => `later ${at}`))
    engine.earlierLogs.set('3/1', engine.logs.get(9) ?? [])
    await press('[', '[', 'enter')
    await rest()
    expect(screen()).toContain('[1 Dashboard › Task › Log]')
    expect(screen()).toMatch(/▸\d\d:\d\d:\d\d err the wall/)
    expect(screen()).toContain('scrolled back')
    await press('esc')
    await rest()
    expect(screen()).toMatch(/\[1 Dashboard › Task\][^]*▸ 1[^]*later 199/)
  })

  test.each([80, 120, 200])(
    'at %i columns every line is as wide as the screen, at each place',
    async (columns) => {
      const { press, lines } = await openTaskScreen(undefined, { size: { columns, rows: 24 } })
      for (const key of ['j', 'pgdn', 'G', 'g', '[', 'G']) {
        await press(key)
        expect(lines()).toHaveLength(24)
        for (const line of lines().slice(1, -2)) expect(line).toMatch(/^├.*─┤$|^│ .* │$/)
      }
    },
  )

  test('where there is no room for names it shows codes, and it scrolls as far as there are lines', async () => {
    const { press, screen } = await openTaskScreen(undefined, { size: { columns: 80, rows: 24 } })
    expect(screen()).toContain('Lam (Lamudi) · city Zap · operation Ren · product Cas · variant 2')
    expect(screen()).toMatch(/1-14 of \d+ lines/)
    await press('G')
    expect(screen()).toContain('rojo')
    await press('j', 'g')
    expect(screen()).toMatch(/1-14 of \d+ lines/)
  })
})

test.each([80, 120])(
  'at %i columns what the checks found stands beside its name, in whole words',
  async (columns) => {
    const view = doubtfulTask()
    const finding = {
      code: 'coordinates',
      verdict: 'suspect',
      message: '7 rows lie outside of Mexico',
      numbers: {},
    } as const
    view.attempts = view.attempts.map((each) => ({ ...each, findings: each.verdict ? [finding] : [] }))
    const { press, screen } = await openTaskScreen(view, { size: { columns, rows: 24 } })
    await press('G')
    expect(screen()).toContain('coordinates 7 rows lie outside of Mexico')
    expect(screen()).toMatch(/Found {7}412 rows · 5 bad ones put aside[^]* 1,204 [^]*said to be complete/)
  },
)

test.each([
  ['completed', /Checks +✗ mended later/],
  ['failed', /Checks +✗ failed/],
] as const)('of a task that is %s, what the checks refused is %s', async (status, shown) => {
  const { screen } = await openTaskScreen(
    alone({ task: task({ id: 3, status }), attempts: [attempt({ outcome: 'failed', verdict: 'failed' })] }),
  )
  expect(screen()).toMatch(shown)
})

describe('what a task is', () => {
  test('not tried yet', async () => {
    const { screen, press } = await openTaskScreen(alone({ task: task({ id: 3, ready: false }) }), {
      output: null,
    })
    expect(screen()).toContain('○ pending · waits for its main task')
    expect(screen()).toMatch(/Output ─+ none yet/)
    expect(screen()).toContain('it has not been tried yet')
    await press('l')
    expect(screen()).toContain('it has not been tried yet')
  })

  test('running: what its scraper says, and rows written so far', async () => {
    const running = runningTask(3, {
      cpu_percent: 12.3,
      memory_bytes: 90_000_000,
      progress: { page: 5, pages: 12, items: 148, expected: 351, message: 'página 5' },
    })
    const { screen } = await openTaskScreen(
      alone({
        task: task({ id: 3, status: 'running', attempts: 1 }),
        attempts: [attempt({ outcome: null, ended_at: null, exit_code: null })],
        running,
      }),
      { output: outputView({ accepted: false }) },
    )
    expect(screen()).toContain('page 5 of 12 · 148 of 351 rows · 12 % CPU · 90.0 MB · página 5')
    expect(screen()).toContain('● running')
    expect(screen()).toContain('98.3 kB so far')
    expect(screen()).toContain('following')
  })

  test('failed: the rows that its last attempt left behind', async () => {
    const view = alone({
      task: task({ id: 3, status: 'failed' }),
      attempts: [attempt({ outcome: 'failed' })],
    })
    const { screen } = await openTaskScreen(view, { output: outputView({ accepted: false }) })
    expect(screen()).toContain('98.3 kB left behind')
  })

  test('to be retried', async () => {
    const view = alone({
      task: task({ id: 3, status: 'retrying', attempts: 1, retry_at: '2026-09-01 08:20:00' }),
      attempts: [attempt({ outcome: 'failed', error_class: 'timeout', error_message: 'no answer' })],
    })
    expect((await openTaskScreen(view)).screen()).toMatch(/↻ retrying · again \d\d:20 · 1 of 3 attempts used/)
  })

  test('a text of any length or kind is harmless', async () => {
    const evil = `\u001b]0;x\u0007\u202e${'mal'.repeat(400)}\u2028`
    const view = doubtfulTask()
    view.task = task({ ...view.task, url: evil, error_message: evil })
    view.attempts = [
      attempt({ outcome: 'failed', error_class: 'internal', error_message: evil, error_url: evil }),
    ]
    const { lines: drawn, press } = await openTaskScreen(view, {
      output: outputView({ columns: [evil], rows: [[evil]] }),
    })
    for (const key of ['G', 'g']) {
      await press(key)
      for (const line of drawn()) expect(harmless(line)).toBe(true)
    }
  })
})

describe('keys of the task screen', () => {
  test('r has a suspect output fetched again', async () => {
    const { engine, press } = await openTaskScreen()
    await press('r')
    expect(engine.commands).toEqual([{ type: 'retry', filter: { ids: [3] } }])
  })

  test('a accepts a suspect output, after a question whose Enter is no', async () => {
    const { engine, press, screen } = await openTaskScreen()
    await press('a')
    expect(screen()).toContain('Accept the suspect output of Lam Zap Ren Cas-2?')
    await press('enter')
    expect(engine.commands).toEqual([])
    await press('a', 'y')
    expect(engine.commands).toEqual([{ type: 'accept', filter: { ids: [3] } }])
    expect(screen()).toContain('1 task accepted')
  })

  test.each([
    ['a', doubtfulTask().attempts.slice(0, 1), 'its output is not suspect'],
    [
      'a',
      [attempt({ verdict: 'suspect', accepted_at: '2026-09-01 08:10:00' })],
      'its output is accepted already',
    ],
    ['r', doubtfulTask().attempts.slice(0, 1), 'a completed task cannot be retried'],
    ['c', doubtfulTask().attempts, 'a completed task cannot be cancelled'],
    ['m', doubtfulTask().attempts, 'this task stands alone'],
  ])('%s says why it cannot', async (key, attempts, why) => {
    const { engine, press, screen } = await openTaskScreen({ ...doubtfulTask(), attempts })
    await press(key)
    expect(screen()).toContain(why)
    expect(engine.commands).toEqual([])
  })

  test('r retries what failed; c asks before it cancels', async () => {
    const failed = alone({ task: task({ id: 3, status: 'failed', attempts: 1 }) })
    const { engine, press, screen } = await openTaskScreen(failed)
    await press('r', 'c')
    expect(screen()).toContain('Cancel CyT Gdl Ven Dep?')
    await press('enter')
    expect(engine.commands).toEqual([{ type: 'retry', filter: { ids: [3] } }])
  })

  test('m goes from the main task to its detail task', async () => {
    const main = alone()
    const detail = task({ id: 4, depends_on: 3, scraper_name: 'cyt_det' })
    const { engine, press, screen, rest, pass } = await openTaskScreen(main)
    engine.tasks = [main.task, detail]
    engine.answers.task = alone({ task: task({ id: 3, status: 'completed' }) })
    engine.tell({ type: 'engine' })
    await pass()
    await rest()
    expect(screen()).toMatch(/Detail +task 4 · cyt_det · ○ pending/)
    await press('m')
    expect(engine.queries.findLast(({ type }) => type === 'task')).toEqual({ type: 'task', id: 4 })
  })

  test('y offers what there is to copy', async () => {
    const { press, copied, screen } = await openTaskScreen()
    await press('[', '[', 'y')
    expect(screen()).toMatch(/u +URL +https:/)
    await press('e')
    expect(copied).toEqual(['403 with a challenge page at /jalisco/zapopan/casa'])
  })

  test('news is asked for at most four times a second, one question at a time', async () => {
    const { engine, pass } = await openTaskScreen()
    const before = engine.queries.filter(({ type }) => type === 'task').length
    for (let turn = 0; turn < 40; turn += 1) {
      engine.tell({ type: 'engine' })
      await pass(25)
    }
    const asked = engine.queries.filter(({ type }) => type === 'task').length - before
    expect(asked).toBeGreaterThan(1)
    expect(asked).toBeLessThanOrEqual(5)
  })
})
