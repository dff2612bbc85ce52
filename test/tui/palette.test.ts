import { describe, expect, test } from 'vitest'
import type { Command } from '../../src/domain/command.ts'
import { bindingsOf } from '../../src/tui/bindings.ts'
import { entriesFor } from '../../src/tui/palette/entries.ts'
import type { PlanView } from '../../src/domain/query.ts'
import { batchView, busyOverview, overview } from '../support/overview.ts'
import { task } from '../support/task.ts'
import { openSession } from '../support/tui-session.ts'

const PLAN: PlanView = {
  batch_id: 'Sep26_02',
  rows: 1770,
  planned: 1755,
  duplicates: 12,
  rejected: 3,
  tasks: 1755,
  sites: [{ site: 'Inm24', name: 'Inmuebles24', tasks: 1755 }],
  absent_sites: [],
  estimated_duration_minutes: 75,
  problems: [
    {
      file: 'urls/Lam.csv',
      line: 7,
      severity: 'error',
      message: 'no such city \u001b[2J"Gdll"',
      remedy: 'Gdl?',
    },
  ],
}

async function open(some = busyOverview()) {
  const opened = await openSession(some)
  const batch = { ...batchView({ batch_id: 'Sep25_01' }), rows: 0 }
  opened.engine.answers.batches = { total: 1, batches: [batch] }
  const schedule = { name: 'monthly', cron: '0 6 1 * *', enabled: true, next: [], last: null }
  opened.engine.answers.schedule = { schedules: [schedule as never], total: 0, slots: [] }
  opened.engine.answers.plan = PLAN
  /** Types a command and Enter. */
  const command = async (line: string) => {
    await opened.press(':')
    await opened.rest()
    await opened.type(line)
    await opened.press('enter')
    await opened.rest()
  }
  return { ...opened, command }
}

describe('a command', () => {
  test.each<[string, Command]>([
    ['retry 12', { type: 'retry', filter: { ids: [12] } }],
    ['retry 12 13,14', { type: 'retry', filter: { ids: [12, 13, 14] } }],
    ['pause CyT', { type: 'pause', site: 'CyT' }],
    ['unpause Lam', { type: 'unpause', site: 'Lam' }],
    ['pause', { type: 'pause' }],
    ['backup', { type: 'backup' }],
    ['schedule run monthly', { type: 'run_schedule', name: 'monthly' }],
    ['schedule disable monthly', { type: 'enable_schedule', name: 'monthly', enabled: false }],
  ])('%s', async (line, expected) => {
    const { engine, command, session } = await open()
    await command(line)
    expect(engine.commands).toEqual([expected])
    expect(session.state.prompt).toBeNull()
  })

  test.each(['drain', 'd'])('%s asks first, as its key does', async (line) => {
    const { engine, command, press, screen } = await open()
    await command(line)
    expect(screen()).toContain('Start nothing more?')
    await press('enter')
    expect(engine.commands).toEqual([])
  })

  test('cancel asks first', async () => {
    const { engine, command, press, screen } = await open()
    await command('cancel 12')
    expect(screen()).toContain('Cancel task 12?')
    await press('enter')
    expect(engine.commands).toEqual([])
  })

  test('site and status go to the tasks', async () => {
    const { command, screen } = await open()
    await command('site Inm24')
    expect(screen()).toContain('Sep26_01 · /site:Inm24')
    await command('status failed')
    expect(screen()).toContain('Sep26_01 · /status:failed')
  })

  test('batch looks at another batch everywhere, and without a name at the latest again', async () => {
    const { engine, command, screen, rest } = await open()
    engine.tasks = [task()]
    await command('tasks')
    await command('batch Sep25_01')
    await rest()
    expect(engine.queries.findLast(({ type }) => type === 'tasks')).toMatchObject({
      filter: { batch: 'Sep25_01' },
    })
    expect(screen()).toContain('Sep25_01')
    await command('batch')
    expect(screen()).not.toContain('Sep25_01')
  })

  test('theme changes the colours', async () => {
    const { command, session, screen } = await open()
    await command('theme light')
    expect(session.state.theme).toBe('light')
    await command('theme pink')
    expect(session.state.theme).toBe('light')
    expect(screen()).toContain('theme: there are dark, light, safe')
  })

  test.each([
    ['retry', 'which task?'],
    ['retry twelve', 'twelve is no task'],
    ['site', 'which site?'],
    ['start', 'Sep26_01 is not finished'],
    ['frobnicate', 'there is no command "frobnicate"'],
  ])('%s says why it cannot', async (line, expected) => {
    const { engine, command, screen } = await open()
    await command(line)
    expect(screen()).toContain(expected)
    expect(engine.commands).toEqual([])
  })
})

describe('completion', () => {
  test.each([
    ['pau', 'tab', 'pause '],
    ['pause Cy', 'tab', 'pause CyT'],
    ['batch Sep', 'tab', 'batch Sep25_01'],
    ['schedule run mo', 'tab', 'schedule run monthly'],
    ['theme li', 'tab', 'theme light'],
    ['status perm', 'tab', 'status permanently_failed'],
    ['retry 14', 'tab', 'retry 1411'],
  ])('%s and Tab gives %s', async (line, key, expected) => {
    const { press, rest, type, session } = await open()
    await press(':')
    await rest()
    await type(line)
    await press(key)
    expect(session.state.prompt?.field.text).toBe(expected)
  })

  test('every key and every command of the screen is there, with the reason why it cannot', async () => {
    const { session } = await open()
    const entries = entriesFor(session.state, '')
    const keyed = bindingsOf(session.state).filter(({ keys }) => !keys.includes(':'))
    expect(entries.map(({ text }) => text)).toEqual(expect.arrayContaining(keyed.map(({ does }) => does)))
    expect(entries.find(({ text }) => text === 'start')?.why).toBe('Sep26_01 is not finished')
    expect(entriesFor(session.state, 'freeze')[0]?.text).toContain('freeze what is shown')
  })

  test.each<[string, string, string[], Command[]]>([
    ['a beginning is completed and done', 'pause Cy', ['enter'], [{ type: 'pause', site: 'CyT' }]],
    ['nothing is chosen for the operator', 'pause ', ['enter'], []],
    ['what was filled in is done next', 'pause ', ['enter', 'enter'], [{ type: 'pause', site: 'Inm24' }]],
    ['what the arrow went to is done', 'pause ', ['down', 'enter'], [{ type: 'pause', site: 'CyT' }]],
    ['a number is done as it stands', 'retry 14', ['enter'], [{ type: 'retry', filter: { ids: [14] } }]],
    ['also after others', 'retry 7 14', ['enter'], [{ type: 'retry', filter: { ids: [7, 14] } }]],
    ['also before a space', 'retry 14 ', ['enter'], [{ type: 'retry', filter: { ids: [14] } }]],
    ['a command that needs more waits for it', 'retr', ['enter'], []],
  ])('%s: %s', async (_, line, keys, expected) => {
    const { press, rest, type, engine } = await open()
    await press(':')
    await rest()
    await type(line)
    await press(...keys)
    expect(engine.commands).toEqual(expected)
  })

  test('Enter does what is chosen, be it a key', async () => {
    const { press, type, session } = await open()
    await press(':')
    await type('freeze')
    await press('enter')
    expect(session.state).toMatchObject({ frozen: true, prompt: null })
  })

  test('up gives the earlier lines, Esc leaves, and nothing is done', async () => {
    const { press, command, session, engine } = await open()
    await command('pause CyT')
    await press(':', 'up')
    expect(session.state.prompt?.field.text).toBe('pause CyT')
    await press('esc')
    expect([session.state.prompt, engine.commands.length]).toEqual([null, 1])
  })

  test('knows nothing where the engine does not answer, and says nothing of it', async () => {
    const { press, rest, session, engine } = await open()
    delete engine.answers.schedule
    await press(':')
    await rest()
    expect(session.state.words).toEqual({ batches: ['Sep25_01'], schedules: [] })
    expect(session.state.notice).toBeNull()
  })
})

describe('b', () => {
  const idle = () => overview({ batch: batchView({ status: 'completed' }) })

  test('shows the plan and starts it when told to', async () => {
    const { press, rest, screen, engine } = await open(idle())
    await press('b')
    await rest()
    expect(screen()).toContain('Start Sep26_02')
    expect(screen()).toContain('1,755 tasks at 1 site, about 1h 15m')
    expect(screen()).toContain('12 duplicates, 3 rejected')
    expect(screen()).toContain('urls/Lam.csv:7 no such city "Gdll"')
    expect(engine.commands).toEqual([])
    engine.answer = { batch_id: 'Sep26_02', tasks: 1755, rejected: 3 }
    await press('y')
    expect(engine.commands).toEqual([{ type: 'start_batch', filter: {} }])
    expect(screen()).toContain('Sep26_02 started: 1,755 tasks, 3 rejected')
  })

  test('starts nothing on Esc, nor where the lists hold nothing', async () => {
    const { press, rest, screen, engine } = await open(idle())
    await press('b')
    await rest()
    await press('esc')
    engine.answers.plan = { ...PLAN, tasks: 0 }
    await press('b')
    await rest()
    expect(screen()).toContain('the lists hold no task')
    expect(engine.commands).toEqual([])
  })
})

test('d asks before it drains', async () => {
  const { press, engine } = await open()
  await press('d', 'enter')
  expect(engine.commands).toEqual([])
  engine.answer = { running: 4 }
  await press('d', 'y')
  expect(engine.commands).toEqual([{ type: 'drain' }])
})

test('a narrow palette cuts the words of a reason and not the key', async () => {
  const { press, type, screen } = await openSession(busyOverview(), { columns: 80, rows: 24 })
  await press(':')
  await type('latest')
  expect(screen()).toMatch(/leave the batch of the past and look at the latest again +\(th.*… +Esc +│/)
})
