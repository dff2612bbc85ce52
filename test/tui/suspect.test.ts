import { expect, test } from 'vitest'
import { NO_OUTPUTS } from '../../src/domain/check.ts'
import { ASCII } from '../../src/tui/glyphs.ts'
import { taskSentence } from '../../src/tui/reader/task.ts'
import { needsOf } from '../../src/tui/screens/dashboard/attention.ts'
import { batchStatusSpan, outcomeSpan } from '../../src/tui/screens/status.ts'
import { batchView, busyOverview, overview } from '../support/overview.ts'
import { task } from '../support/task.ts'
import { doubtfulTask, openTaskScreen } from '../support/task-view.ts'
import { openSession } from '../support/tui-session.ts'

test('a suspect or incomplete output is a word of its own, without colour and glyphs too', () => {
  const completed = { status: 'completed', output_check: 'ok', output_complete: true } as const
  const look = (more: Parameters<typeof task>[0]) => outcomeSpan(task({ ...completed, ...more }), ASCII)
  expect(look({})).toEqual({ text: '+ completed', style: 'good' })
  expect(look({ output_check: 'suspect' })).toEqual({ text: '! suspect', style: 'warn' })
  expect(look({ output_check: 'accepted' }).text).toBe('+ accepted')
  expect(look({ output_complete: false })).toEqual({ text: '! incomplete', style: 'warn' })
  expect(taskSentence(task({ ...completed, output_check: 'suspect' }))).toContain(
    'its output is suspect and waits to be accepted',
  )
})

test('a batch that completed with failures or doubts is not simply good', () => {
  const style = (more: Parameters<typeof batchView>[0]) =>
    batchStatusSpan(batchView({ status: 'completed', ...more }), ASCII).style
  expect(style({})).toBe('good')
  expect(style({ failed_tasks: 10 })).toBe('warn')
  expect(style({ outputs: { ...NO_OUTPUTS, suspect: 1 } })).toBe('warn')
})

test('suspect outputs need the operator, and the line says which key accepts them', () => {
  const batch = batchView({ outputs: { ...NO_OUTPUTS, suspect: 67 } })
  const message = `${batch.batch_id}: 67 outputs are suspect (CyT 67)`
  const alerts = [{ code: 'suspect' as const, message }]
  expect(needsOf({ ...overview(), batch, alerts })).toEqual([{ message, answer: 'A accepts them' }])
})

const SMALL = { columns: 80, rows: 24 }

test('marked tasks are accepted at once, after what they have in common is shown; also on a small screen', async () => {
  const { engine, press, rest, screen } = await openSession(busyOverview(), SMALL)
  engine.tasks = [1, 2, 3, 4].map((id) =>
    task({ id, status: 'completed', output_check: id < 4 ? 'suspect' : 'ok', output_complete: true }),
  )
  engine.answers.suspects = {
    outputs: 2,
    rows: 80,
    sites: [{ site: 'CyT', outputs: 2 }],
    findings: [{ code: 'rows', outputs: 2, sites: ['CyT'], message: '40 rows; the usual is 97', task_id: 1 }],
    first: [1, 2],
  }
  await press('2')
  await rest()
  expect(screen().match(/▲ suspect/g)).toHaveLength(3)
  await press(' ', ' ', 'j', ' ', 'a')
  await rest()
  expect(engine.queries.at(-1)).toEqual({ type: 'suspects', filter: { ids: [1, 2] } })
  for (const said of [
    'Accept the suspect output of 2 tasks?',
    'Of those marked 1 task without a suspect output',
    '80 rows at CyT 2',
    'rows: 2, as in: 40 rows',
  ]) {
    expect(screen()).toContain(said)
  }
  expect(engine.commands).toEqual([])
  await press('y')
  await rest()
  expect(engine.commands).toEqual([{ type: 'accept', filter: { ids: [1, 2] } }])
})

test('the first lines of a task say that its output is suspect, or not all there is, on a small screen too', async () => {
  const view = doubtfulTask()
  const top = async (output: Parameters<typeof task>[0]) => {
    const { lines } = await openTaskScreen({ ...view, task: { ...view.task, ...output } }, { size: SMALL })
    return lines().slice(0, 4).join('\n')
  }
  expect(await top({ output_check: 'suspect' })).toContain(
    '▲ Suspect, a accepts it: 412 rows, the usual is 1,204',
  )
  const part = { output_check: 'ok', output_complete: false, output_expected: 900 } as const
  expect(await top(part)).toContain('Incomplete: 412 of 900 rows')
  expect(await top({ output_check: 'ok', output_complete: true })).not.toMatch(/Suspect|Incomplete/)
})
