import { expect, test } from 'vitest'
import { NO_OUTPUTS } from '../../src/domain/check.ts'
import { ASCII } from '../../src/tui/glyphs.ts'
import { taskSentence } from '../../src/tui/reader/task.ts'
import { needsOf } from '../../src/tui/screens/dashboard/attention.ts'
import { batchStatusSpan, outcomeSpan } from '../../src/tui/screens/status.ts'
import { batchView, overview } from '../support/overview.ts'
import { task } from '../support/task.ts'

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
