import { describe, expect, test } from 'vitest'
import { batchView, busyOverview, overview } from '../../support/overview.ts'
import { rule, scheduleView, slot } from '../../support/schedule.ts'
import { openSession } from '../../support/tui-session.ts'
import type { PlanView } from '../../../src/domain/query.ts'

const IDLE = overview({ batch: batchView({ status: 'completed' }) })
const PLAN: PlanView = {
  batch_id: 'Sep26_02',
  rows: 30,
  planned: 28,
  duplicates: 1,
  rejected: 1,
  tasks: 28,
  sites: [
    { site: 'Inm24', name: 'Inmuebles24', tasks: 20 },
    { site: 'CyT', name: 'Casas y Terrenos', tasks: 8 },
  ],
  absent_sites: [],
  estimated_duration_minutes: 75,
  problems: [],
}

async function open(view = scheduleView(), size = { columns: 120, rows: 40 }, shown = IDLE) {
  const opened = await openSession(shown, size)
  opened.engine.answers.schedule = view
  opened.engine.answers.plan = PLAN
  await opened.press('6')
  await opened.rest()
  return opened
}

describe('what it shows', () => {
  test('each rule: in words, on or off, when it comes next and what became of the last slot', async () => {
    const { screen } = await open()
    expect(screen()).toMatch(
      /▸ twice-a-month +● on +on days 1 and 16 at 02:00 +Sep 16 \d\d:11 +15d 00h +✓ ran/,
    )
    expect(screen()).toMatch(/mañanas +‖ off +from Monday to Friday at 06:30 +– +– +–/)
    expect(screen()).toMatch(/backup +● on +every day at 03:00/)
  })

  test('of the rule under the cursor all there is to know', async () => {
    const { screen, press } = await open()
    expect(screen()).toMatch(/0 2 1,16 \* \* {2}on days 1 and 16 at 02:00 {2}America\/Mexico_City/)
    expect(screen()).toMatch(/next Wed Sep 16 \d\d:11 in 15d 00h.* · Thu Oct 1 \d\d:11 · Fri Oct 16/)
    expect(screen()).toContain(
      'a batch; while a batch runs: skipped; missed: the last one made up for, up to 2d late',
    )
    await press('j')
    expect(screen()).toContain('No slot comes while it is off')
    expect(screen()).toContain('a batch of site Inm24; while a batch runs: waits; missed: never made up for')
    await press('j')
    expect(screen()).toContain('a backup; ')
  })

  test('/ filters the ledger by rule, decision, batch and reason, and Esc shows all again', async () => {
    const { screen, press, type, rest } = await open()
    await press('/')
    await type('!caught batch:aug26_02')
    await rest()
    expect(screen()).toMatch(/Ledger ─+ 10 slots/)
    expect(screen()).toMatch(/▸ .* ✓ ran +Aug26_02/)
    await press('enter')
    expect(screen()).toContain('/!caught batch:aug26_02')
    await press('/', 'ctrl-u')
    await type('nothing so')
    await rest()
    expect(screen()).toContain('No slot matches "nothing so"; Esc shows all')
    await press('enter', 'esc')
    await rest()
    expect(screen()).toMatch(/Ledger ─+ 60 slots/)
  })

  test('the ledger: what became of each slot, and why', async () => {
    const { screen } = await open()
    for (const [word, why] of [
      ['✓ ran +Aug26_02', 1],
      ['↻ caught up +Aug26_02', 2],
      ['○ queued +–', 3],
      ['⊘ skipped +–', 4],
      ['! missed +–', 5],
      ['✗ failed +–', 6],
    ] as const)
      expect(screen()).toMatch(new RegExp(`twice-a-month +${word} .*because of ${why} `))
    expect(screen()).toMatch(/Ledger ─+ 60 slots/)
  })

  test('without rules and slots it says where they come from', async () => {
    const { screen } = await open({ schedules: [], total: 0, slots: [] })
    expect(screen()).toContain('No rules; `schedule` of zafra.yaml holds them')
    expect(screen()).toContain('No slot was due yet')
  })

  test('before the engine has answered it says so', async () => {
    const { screen, press } = await openSession(IDLE)
    await press('6')
    expect(screen()).toContain('Waiting for the engine')
  })

  test('what is hostile in a rule or a reason does nothing', async () => {
    const { screen } = await open({
      schedules: [rule({ name: 'x\u001b[2J\u0007y', cron: '\u202e* * * * *' })],
      total: 1,
      slots: [slot(1, { reason: '\u001b]0;title\u0007why\r' })],
    })
    expect(screen()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/)
    expect(screen()).toContain('why')
  })

  test('the time until a slot moves on though nothing happens, and stops when another screen is opened', async () => {
    const { engine, screen, pass, press, rest } = await open()
    await pass(120_000)
    await rest()
    expect(screen()).toContain('14d 23h')
    await press('1')
    const asked = engine.queries.length
    await pass(120_000)
    expect(engine.queries).toHaveLength(asked)
  })
})

describe('a ledger of any length', () => {
  test('is a window, and the cursor stays on its slot when others come', async () => {
    const { engine, press, rest, selected, screen, pass } = await open()
    const ledger = Array.from({ length: 5000 }, (_, index) =>
      slot(1 + index / 100, { reason: `reason ${index}.` }),
    )
    const query = engine.query.bind(engine)
    const limits: number[] = []
    engine.query = (async (asked: Parameters<typeof query>[0]) => {
      if (asked.type !== 'schedule') return query(asked)
      limits.push(asked.limit)
      const slots = ledger.slice(asked.offset, asked.offset + asked.limit)
      return { schedules: [rule()], total: ledger.length, slots }
    }) as typeof engine.query
    engine.tell({ type: 'engine' })
    await pass()
    await rest()
    await press('tab', 'G')
    await rest()
    expect(selected()).toContain('reason 4999.')
    expect(screen()).toContain('5,000 of 5,000')
    await press('k', 'k', 'pgup')
    await rest()
    const before = /reason \d+\./.exec(selected())?.[0] ?? ''
    ledger.unshift(slot(0, { reason: 'newest.' }))
    engine.tell({ type: 'engine' })
    await pass()
    await rest()
    expect(selected()).toContain(before)
    expect(Math.max(...limits)).toBeLessThan(200)
  })
})

describe('acting', () => {
  test('b shows what would start and starts it when told to', async () => {
    const { engine, press, rest, screen } = await open()
    engine.answer = { batch_id: 'Sep26_02', reason: 'run by hand' }
    await press('b')
    await rest()
    expect(screen()).toContain('Start Sep26_02 with 28 tasks at 2 sites, about 1h 15m?')
    expect(engine.queries.at(-1)).toEqual({ type: 'plan', filter: {} })
    await press('esc', 'b', 'y')
    await rest()
    expect(engine.commands).toEqual([{ type: 'run_schedule', name: 'twice-a-month' }])
    expect(screen()).toContain('twice-a-month started Sep26_02')
  })

  test('b of a narrowed rule plans what it would start', async () => {
    const { engine, press, rest } = await open()
    await press('j', 'b')
    await rest()
    expect(engine.queries.at(-1)).toEqual({ type: 'plan', filter: { site: 'Inm24' } })
  })

  test('b of the backups needs no plan and waits for no batch', async () => {
    const { engine, press, screen } = await open(scheduleView(), undefined, busyOverview())
    engine.answer = { batch_id: null, reason: 'backup backups/x.db was made' }
    await press('b')
    expect(screen()).toContain('Sep26_01 is not finished')
    await press('j', 'j', 'b')
    expect(screen()).toContain('Make a backup of the database now?')
    await press('y')
    expect(engine.commands).toEqual([{ type: 'run_schedule', name: 'backup' }])
    expect(screen()).toContain('backup: backup backups/x.db was made')
  })

  test('p switches a rule off and on, by its own name', async () => {
    const { engine, press, screen } = await open()
    engine.answer = { enabled: false }
    await press('p', 'j', 'p')
    expect(engine.commands).toEqual([
      { type: 'enable_schedule', name: 'twice-a-month', enabled: false },
      { type: 'enable_schedule', name: 'mañanas', enabled: true },
    ])
    expect(screen()).toContain('mañanas runs again')
  })

  test('Enter opens the batch of a slot; Esc leads back', async () => {
    const { engine, press, rest, screen, session } = await open()
    await press('tab', 'j', 'j', 'enter')
    expect(screen()).toContain('no batch came of it')
    await press('k', 'enter')
    await rest()
    expect(session.state.batch).toBe('Aug26_02')
    expect(screen()).toContain('[6 Schedule › Dashboard]')
    await press('esc', 'esc')
    expect(screen()).toContain('[6 Schedule]')
    expect(engine.commands).toEqual([])
  })

  test('y copies the batch and the reason of a slot, the name and the cron of a rule', async () => {
    const { press, copied } = await open()
    await press('y', 'c', 'tab', 'y', 'w')
    expect(copied).toEqual(['0 2 1,16 * *', 'because of 1'])
  })
})
