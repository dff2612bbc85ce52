import { describe, expect, test } from 'vitest'
import { openTask } from '../../src/tui/screens/task/load.ts'
import { attempt } from '../support/attempt.ts'
import { doubtfulTask, openTaskScreen } from '../support/task-view.ts'

describe('the log at the foot of the task screen', () => {
  test('it has the rows that the facts leave', async () => {
    const { screen } = await openTaskScreen(undefined, { size: { columns: 120, rows: 60 } })
    expect(screen()).toMatch(/3 +rojo .*\n├─ Log of attempt 3/)
    expect(screen()).not.toMatch(/│ +│/)
  })

  const size = { columns: 80, rows: 24 }
  const lines = (screen: string) =>
    screen.split('\n').slice(screen.split('\n').findIndex((row) => row.includes('Log of')))

  test('Tab goes there and makes room for it; then the moving keys scroll it, and f follows again', async () => {
    const { press, screen, rest } = await openTaskScreen(undefined, { size })
    const before = lines(screen()).length
    await press('f')
    expect(screen()).toContain('Tab goes to the log first')
    await press('tab')
    await rest()
    expect(lines(screen()).length).toBeGreaterThan(before + 5)
    await press('g')
    await rest()
    expect(lines(screen())[1]).toMatch(/out page 1 /)
    expect(screen()).toContain('scrolled back')
    await press('j', 'j')
    await rest()
    expect(lines(screen())[1]).toMatch(/out page 3 /)
    await press('f')
    await rest()
    expect(lines(screen()).at(-3)).toMatch(/out page 30 /)
    await press('tab', 'g', 'j')
    expect(lines(screen()).length).toBe(before)
    expect(screen()).toContain('2-15 of')
  })

  test('/ searches it from the facts too, n and N go on, Esc ends the search before it goes back', async () => {
    const { press, type, screen, rest } = await openTaskScreen(undefined, { size })
    await press('/')
    await type('page 2')
    await rest()
    await press('enter')
    expect(screen()).toMatch(/Log of attempt 3 {2}\/page 2 {2}7 of 11/)
    await press('n')
    await rest()
    expect(screen()).toMatch(/ 8 of 11[^]*▸\d\d:\d\d:\d\d out page 26 /)
    await press('N', 'N')
    await rest()
    expect(screen()).toMatch(/ 6 of 11[^]*▸\d\d:\d\d:\d\d out page 24 /)
    await press('esc')
    expect(screen()).not.toContain('of 11')
    await press('esc')
    expect(screen()).toContain('[1 Dashboard]')
  })

  test('o, e and w change what is shown there; e opens the error from the facts', async () => {
    const { engine, press, screen, rest } = await openTaskScreen(undefined, { size })
    engine.print(3, 'err', 'aviso')
    await press('tab', 'o', 'o')
    await rest()
    expect(screen()).toMatch(/err only[^]*err aviso/)
    await press('o', 'e')
    await rest()
    expect(screen()).toMatch(/errors only/)
    await press('tab', 'e')
    expect(screen()).toContain('this attempt tells of no error')
  })

  test('y offers the line that was gone to', async () => {
    const { press, type, screen, rest, copied } = await openTaskScreen(undefined, { size })
    await press('/')
    await type('page 7')
    await press('enter')
    await rest()
    await press('y')
    expect(screen()).toContain('marked line')
    await press('m')
    expect(copied).toEqual(['page 7'])
  })

  test('what is searched for stays when the attempt changes, and a new attempt takes nobody away from it', async () => {
    const { engine, press, type, screen, rest, pass } = await openTaskScreen(undefined, { size })
    const line = { at: '2026-09-01T08:00:00.000Z', stream: 'out', continued: false } as const
    engine.earlierLogs.set('3/2', [{ ...line, offset: 0, text: 'page 2 of the second' }])
    await press('/')
    await type('page 2')
    await press('enter', '[')
    await rest()
    expect(screen()).toMatch(/Log of attempt 2 {2}\/page 2 {2}1 of 1 /)
    const view = doubtfulTask()
    engine.answers.task = {
      ...view,
      attempts: [...view.attempts, attempt({ task_id: 3, number: 4, outcome: null, ended_at: null })],
    }
    engine.tell({ type: 'engine' })
    await pass()
    await rest()
    expect(screen()).toMatch(/Log of attempt 2 {2}\/page 2/)
  })

  test('it is read only while somebody looks: an answer that finds another screen opens none', async () => {
    const { engine, session, press, rest, timers } = await openTaskScreen(undefined, { size })
    await press('esc')
    const before = timers()
    const query = engine.query.bind(engine)
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    engine.query = async (each) => {
      await released
      return query(each)
    }
    openTask(session, 3)
    await press('1')
    release()
    await rest()
    expect([session.log, timers()]).toEqual([null, before])
  })
})
