import { expect, test } from 'vitest'
import type { Overview } from '../../src/domain/query.ts'
import { sqlTimeMs } from '../../src/domain/clock.ts'
import { runningSentence } from '../../src/tui/reader/overview.ts'
import { runningColumns } from '../../src/tui/screens/dashboard/running.ts'
import { attentionRows } from '../../src/tui/screens/dashboard/attention.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { batchView, counts, NOW, overview, runningTask, siteView } from '../support/overview.ts'

const theme = createTheme({ ascii: false, color: 'none' })
const alerts: Overview['alerts'] = [
  { code: 'cpu', message: 'CPU at 97 %' },
  { code: 'memory', message: 'memory at 91 %' },
  { code: 'disk', message: '3 MiB free' },
]

function said(some: Partial<Overview>, limit: number): string[] {
  const shown = { overview: overview({ batch: null, ...some }), now: NOW, age_s: 0 }
  return attentionRows(shown, limit, 80, theme).map((row) =>
    row
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  )
}

test.each([
  [1, ['▲ (+2) CPU at 97 %']],
  [2, ['▲ CPU at 97 %', '▲ (+1) memory at 91 %']],
  [3, ['▲ CPU at 97 %', '▲ memory at 91 %', '▲ 3 MiB free']],
  [9, ['▲ CPU at 97 %', '▲ memory at 91 %', '▲ 3 MiB free']],
])('with room for %i, the first alerts are said and the others counted', (limit, expected) => {
  expect(said({ alerts }, limit)).toEqual(expected)
})

test('says that nothing needs the operator, and what waits by itself', () => {
  const waiting = {
    batch: batchView({ counts: counts({ retrying: 3 }) }),
    sites: [siteView('Lam', { state: 'paused' }), siteView('CyT')],
    next_slot: { schedule: 'twice a month', slot: '2026-09-15 06:00:00' },
  }
  expect(said({}, 1)).toEqual(['✓ nothing needs you'])
  expect(said(waiting, 1)[0]).toMatch(/^✓ nothing needs you +‖ 1 site paused   ↻ 3 to retry$/)
  expect(said({ next_slot: waiting.next_slot }, 1)[0]).toMatch(/next twice a month Sep 15 \d\d:00$/)
})

test('a task whose scraper says nothing for five minutes may be stuck', () => {
  const ago = (seconds: number) => sqlTimeMs(new Date(NOW.getTime() - seconds * 1000))
  const running = [
    runningTask(1, { progress_at: ago(299) }),
    runningTask(2, { progress_at: ago(7 * 60 + 59) }),
    runningTask(3, { progress_at: ago(900), cancelling: true }),
  ]
  expect(said({ running }, 1)[0]).toMatch(/^✓ nothing needs you +▲ 1 task quiet$/)
  const shown = { overview: overview({ running }), now: NOW, age_s: 0 }
  const progress = runningColumns(shown, theme).find(({ title }) => title === 'Progress')
  const texts = running.map((task) => [progress?.cell(task, 9) ?? []].flat().map(({ text }) => text))
  expect(texts.map((each) => each.join(''))).toEqual([
    expect.stringMatching(/^━+─+$/),
    'quiet 7m',
    'stopping',
  ])
  expect(running.map((task) => runningSentence(task, NOW).includes('has gone quiet'))).toEqual([
    false,
    true,
    false,
  ])
})

test.each<[string, Partial<Overview>, string]>([
  [
    'a batch that is not finished',
    {
      batch: batchView(),
      engine: { ...overview().engine, state: 'interrupted' },
      alerts: [{ code: 'interrupted', message: `batch ${batchView().batch_id} is not finished` }],
    },
    `▲ batch ${batchView().batch_id} is not finished; u resumes it, 4 then c cancels it`,
  ],
  [
    'another one',
    { alerts: [{ code: 'interrupted', message: 'batch Aug26_02 is not finished' }] },
    '▲ batch Aug26_02 is not finished; 4 then u resumes it, c cancels it',
  ],
  [
    'a site that is paused, however long the reason',
    {
      sites: [siteView('Lam')],
      alerts: [{ code: 'paused', message: `Lam is paused: ${'blocked '.repeat(20)}` }],
    },
    `▲ Lam is paused: ${'blocked '.repeat(5)}…; p in its row goes on`,
  ],
  [
    'everything paused',
    {
      engine: { ...overview().engine, state: 'paused' },
      alerts: [{ code: 'paused', message: 'everything is paused' }],
    },
    '▲ everything is paused; P goes on',
  ],
  [
    'a backup that was not made',
    { alerts: [{ code: 'backup', message: 'the last backup was not made' }] },
    '▲ the last backup was not made; 7 then B tries again',
  ],
])('names the key that answers %s', (_, some, expected) => {
  const [line = ''] = said(some, 1)
  expect(line.trim()).toBe(expected)
})

test('what failed for good needs the operator, after the alerts', () => {
  const batch = batchView({ counts: counts({ failed: 2, permanently_failed: 3 }) })
  expect(said({ batch }, 4)).toEqual(['▲ 5 tasks failed for good; R tries them again'])
  expect(said({ batch, alerts }, 2)).toEqual(['▲ CPU at 97 %', '▲ (+2) memory at 91 %'])
})

test('a site that the batch lacks needs the operator, also when the engine that began it is gone', () => {
  const absent = { site: 'Prop', tasks: 12, before: 'Nov26_01', reason: 'no list has a row for it' }
  const batch = batchView({ absent_sites: [absent] })
  expect(said({ batch }, 3).join('\n')).toContain('site Prop had 12 tasks in Nov26_01 and has none now')
  const alert = { code: 'lists', message: 'site Prop is missing' } as const
  expect(said({ batch, alerts: [alert] }, 3).join('\n')).not.toContain('had 12 tasks')
})
