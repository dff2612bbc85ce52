import { describe, expect, test } from 'vitest'
import { sqlTime } from '../../../src/domain/clock.ts'
import { timeOfDay } from '../../../src/tui/format.ts'
import { Reader } from '../../../src/tui/reader/reader.ts'
import { attempt } from '../../support/attempt.ts'
import { batchView, busyOverview, counts, NOW, overview } from '../../support/overview.ts'
import { scheduleView, systemView } from '../../support/schedule.ts'
import { task } from '../../support/task.ts'
import { openSession } from '../../support/tui-session.ts'

async function listen(shown = busyOverview()) {
  const opened = await openSession(shown)
  opened.engine.answers.schedule = scheduleView()
  opened.engine.answers.system = systemView()
  const said: string[] = []
  const reader = new Reader(opened.session, opened.session.surroundings.clock, (text) => said.push(text))
  /** What was said since the last time. */
  const heard = () => said.splice(0)
  return { ...opened, reader, heard }
}

/** Nothing that only an eye can use. */
const LINEAR = /^[^│─╭╮╰╯├┤━●✓✗○▸◆]*$/

describe('the dashboard', () => {
  test('is read in sentences, from what matters most to the failures', async () => {
    const { heard } = await listen()
    const said = heard()
    expect(said.slice(0, 5)).toEqual([
      'Dashboard, Sep26_01, engine here.',
      'Batch Sep26_01 is running, 815 of 1,757 tasks done, 46 percent.',
      '790 completed, 22 failed, 4 running, 935 waiting, 3 to be retried, 3 cancelled.',
      '62,540 rows so far.',
      expect.stringMatching(/^It will be done at \d\d:15, in 1 hour 3 minutes\.$/),
    ])
    expect(said).toContain(
      'Needs you: Lam is paused until 08:20: blocked 3 times in a row; p in its row goes on.',
    )
    expect(said).toContain(
      'Site Lam, Lamudi: paused, blocked 3 times, again at 08:20, 47 of 162 done, 16 failed, 2,210 rows.',
    )
    expect(said).toContain(
      'Running: Inm24 Gdl Ven Dep, page 5 of 12, 148 of 351 rows, says: Departamentos en venta, página 5.',
    )
    expect(said).toContain('Running: Prop Zap Ven Terr, is being stopped.')
    expect(said.at(-1)).toMatch(
      /^Failed: 0 tasks lost, 4 recovered, at Prop, layout_changed: no listing on a page/,
    )
    for (const line of said) expect(line).toMatch(LINEAR)
  })

  test.each([
    [overview({ batch: null }), ['No batch yet: b starts one.', 'Nothing needs you.']],
    [
      overview({
        batch: null,
        alerts: [{ code: 'backup', message: `no backup since ${sqlTime(NOW)} UTC` }],
      }),
      ['No batch yet: b starts one.', `Needs you: no backup since ${timeOfDay(NOW)}; 7 then B tries again.`],
    ],
    [
      overview({
        batch: batchView({ status: 'completed', elapsed_s: 3720, counts: counts({ completed: 3 }) }),
      }),
      [
        'Batch Sep26_01 is completed, 3 of 3 tasks done, 100 percent.',
        'It took 1 hour 2 minutes.',
        'No task runs.',
      ],
    ],
  ])('is read without work in hand', async (shown, sentences) => {
    const { heard } = await listen(shown)
    expect(heard()).toEqual(expect.arrayContaining(sentences))
  })

  test('says the row that the cursor comes to, once', async () => {
    const { press, heard, pass } = await listen()
    heard()
    await press('j')
    expect(heard()).toEqual(['Site CyT, Casas y Terrenos: running, 260 of 441 done, 18,270 rows.'])
    await pass(3000)
    expect(heard()).toEqual([])
    await press('tab')
    expect(heard()).toEqual([expect.stringContaining('Running: Inm24 Gdl Ven Dep')])
  })
})

describe('what is done', () => {
  test('a question, its answers and what came of it', async () => {
    const { engine, press, heard } = await listen()
    heard()
    engine.answer = { changed: 62, refused: [] }
    await press('c')
    expect(heard()).toEqual([
      'Cancel.',
      'Cancel 62 tasks of Inm24?',
      'What runs is stopped now; a retry goes on where its scraper can.',
      'y: cancel.',
      'Escape: leave as it is.',
    ])
    await press('y')
    expect(heard()).toContain('62 tasks cancelled.')
  })

  test('a key that cannot act says why; the help says all keys', async () => {
    const { press, heard } = await listen()
    heard()
    await press('u')
    expect(heard()).toEqual(['No batch waits to be resumed.'])
    await press('?')
    expect(heard()).toContain(
      'u: go on with a batch that left tasks behind; not now: no batch waits to be resumed.',
    )
  })

  test('reads the screen again when asked, and nothing once it has ended', async () => {
    const { reader, heard, press } = await listen()
    const first = heard()
    reader.read()
    expect(heard()).toEqual(first)
    reader.end()
    await press('j')
    expect(heard()).toEqual([])
  })
})

describe('a task', () => {
  test('is read with each of its attempts', async () => {
    const { engine, press, rest, heard } = await listen()
    engine.tasks = [task({ id: 105, status: 'completed', attempts: 2, data_records_extracted: 351 })]
    engine.answers.task = {
      task: engine.tasks[0]!,
      attempts: [
        attempt({
          number: 1,
          outcome: 'failed',
          started_at: '2026-09-01 08:00:00.000',
          ended_at: '2026-09-01 08:03:00.000',
          rows: null,
          error_class: 'timeout',
          error_message: 'no answer in 30 s',
          verdict: 'failed',
          findings: [],
        }),
        attempt({
          number: 2,
          outcome: 'completed',
          started_at: '2026-09-01 08:03:00.000',
          ended_at: '2026-09-01 08:03:41.000',
          rows: 351,
          error_class: null,
          verdict: 'suspect',
          findings: [
            {
              code: 'unreadable',
              verdict: 'suspect',
              message: 'half of the prices are missing',
              numbers: {},
            },
          ],
        }),
      ],
      running: null,
      names: { website: 'CyT', city: 'Gdl', operation: 'Ven', product: 'Dep' },
    }
    await press('2')
    await rest()
    expect(heard()).toEqual(expect.arrayContaining([expect.stringMatching(/^Tasks, Sep26_01/), '1 task.']))
    await press('enter')
    await rest()
    const said = heard()
    expect(said.find((line) => line.startsWith('Task 105'))).toMatch(
      /is completed: 351 rows, 2 of \d attempts used\.$/,
    )
    expect(said).toContain(
      'Attempt 1 failed after 3 minutes, timeout: no answer in 30 s, the checks call its output failed, mended later.',
    )
    expect(said).toContain(
      'Attempt 2 completed after 41 seconds, 351 rows, the checks call its output suspect, half of the prices are missing.',
    )
    for (const line of said) expect(line).toMatch(LINEAR)
  })
})

describe('the other screens', () => {
  test.each(['6', '7'])('key %s: what they draw, without boxes and columns', async (key) => {
    const { press, rest, heard } = await listen()
    heard()
    await press(key)
    await rest()
    const said = heard()
    expect(said.length).toBeGreaterThan(5)
    for (const line of said) expect(line).toMatch(LINEAR)
    expect(said.join('\n')).not.toMatch(/ {2}/)
  })

  test('a rule of the schedule under the cursor', async () => {
    const { press, rest, heard } = await listen()
    await press('6')
    await rest()
    heard()
    await press('j')
    expect(heard()).toEqual([expect.stringMatching(/^Mañanas, off, from Monday to Friday at 06:30/)])
  })
})

describe('what happens by itself', () => {
  test('progress and figures are told at most once a minute, and only where they moved', async () => {
    const { engine, heard, pass } = await listen()
    heard()
    const finish = async (completed: number, failed: number) => {
      engine.overview.batch = batchView({
        counts: counts({ completed, permanently_failed: failed, pending: 100 - completed - failed }),
      })
      engine.tell({ type: 'engine' })
      await pass()
    }
    engine.overview.alerts = []
    await finish(50, 22)
    for (let done = 51; done < 60; done += 1) await finish(done, 22)
    expect(heard().filter((line) => line.includes('tasks done')).length).toBeLessThanOrEqual(1)
    await finish(75, 25)
    expect(heard()).toEqual([])
    await pass(60_000)
    expect(heard()).toEqual([
      'Batch Sep26_01 is running, 100 of 100 tasks done, 100 percent.',
      '3 more tasks failed, 25 in all.',
    ])
    await pass(60_000)
    await finish(75, 25)
    expect(heard()).toEqual([])
  })

  test('the end of a batch and a new alert are told at once', async () => {
    const { engine, heard, pass } = await listen()
    heard()
    engine.overview.alerts = [
      ...engine.overview.alerts,
      { code: 'disk', message: 'nothing new starts: the disk is full' },
    ]
    engine.tell({ type: 'engine' })
    await pass()
    expect(heard()).toEqual(['Needs you: nothing new starts: the disk is full.'])
    engine.overview.batch = batchView({ status: 'completed', counts: counts({ completed: 9 }) })
    engine.tell({ type: 'engine' })
    await pass()
    expect(heard()).toEqual(['Batch Sep26_01 is completed, 9 of 9 tasks done, 100 percent.'])
  })

  test('a connection that is lost is told once, and when it is there again', async () => {
    const { engine, heard, pass } = await listen()
    heard()
    for (const tries of [1, 2, 3]) {
      engine.tell({ type: 'connection', connected: false, message: 'nobody listens', tries, retry_s: 2 })
      await pass(2000)
    }
    expect(heard()).toEqual(['Connection lost: nobody listens. It is tried again by itself.'])
    engine.tell({ type: 'connection', connected: true, message: '', tries: 0, retry_s: 0 })
    expect(heard()).toEqual(['Connected again.'])
  })
})
