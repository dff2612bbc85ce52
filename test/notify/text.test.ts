import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Notice } from '../../src/domain/notice.ts'
import { safe } from '../../src/domain/safe.ts'
import { bodyOf } from '../../src/notify/body.ts'
import { textOf, titleOf } from '../../src/notify/text.ts'
import { delivery, DIGEST, ended } from './support.ts'

const task = {
  task_id: 7,
  scraper_name: 'cyt',
  website: 'CyT',
  city: 'Zap',
  operation: 'Ven',
  product: 'Dep',
}

test('a digest, as a person reads it', () => {
  expect(textOf(ended())).toBe(
    `2026-11-24 02:00:00 to 2026-11-24 04:05:00 UTC, 2 h 05 min
3 permanently failed, 7 completed, 2 recovered after a failure
700 data rows
before, Nov26_00: 1 h 23 min (+50 %), 10 completed, 1000 data rows (-30 %)

Suspect outputs:
  Nov26_01: 2 outputs are suspect (CyT 2)
  zafra check Nov26_01 says why; zafra accept --batch Nov26_01 takes them
  1 output incomplete, as their scrapers say

Failures:
  3 x layout_changed: No se encontró “precio” en Tlajomulco de Zúñiga  [CyT; task 4]
  and 2 tasks with other messages

Sites:
  CyT: 7 completed, 3 failed, 700 data rows

Longest:
  1 h 02 min  CyT Zap/Ven/Dep (cyt)  task 9

Checks of the data:
  CyT Zap/Ven/Dep: 40 % fewer rows than usual

Against the batch before:
  CyT: 12 new, 3 gone`,
  )
})

test('what was skipped is in every count of a digest', () => {
  const counts = { ...DIGEST.counts, permanently_failed: 2, skipped: 1 }
  const notice = ended({ counts, sites: [{ site: 'CyT', completed: 7, failed: 2, skipped: 1, rows: 700 }] })
  expect(titleOf(notice)).toBe('Zafra: batch Nov26_01 completed: 7 of 10 tasks, 2 failed, 1 skipped')
  expect(textOf(notice)).toContain('2 permanently failed, 1 skipped, 7 completed')
  expect(textOf(notice)).toContain('CyT: 7 completed, 2 failed, 1 skipped, 700 data rows')
})

test('a site that the batch before had and this one has not is named', () => {
  const reason = 'no list has a row for it; urls/prop_urls.csv is empty'
  const notice = ended({ absent_sites: [{ site: 'Prop', tasks: 12, before: 'Nov26_00', reason }] })
  expect(titleOf(notice)).toContain('7 of 10 tasks, 3 failed, 1 site missing')
  expect(textOf(notice)).toContain(
    `Not in this batch:\n  site Prop had 12 tasks in Nov26_00 and has none now: ${reason}`,
  )
})

test('what nothing is known of has no heading', () => {
  const bare = {
    suspect: [],
    incomplete: 0,
    previous: null,
    failures: [],
    further_failures: 0,
    longest: [],
    findings: [],
    diff: [],
  }
  expect(textOf(ended({ ...bare, sites: [] }))).not.toMatch(/:$/m)
})

const at = '2026-11-24 05:00:00'
test.each<[Notice, string, string]>([
  [
    { at, event: 'batch_started', batch_id: 'Nov26_01', tasks: 1, rejected: 2 },
    'Zafra: batch Nov26_01 started, 1 task',
    '2 rows of the lists rejected: zafra plan',
  ],
  [
    {
      at,
      event: 'task_failed',
      batch_id: 'Nov26_01',
      task,
      attempts: 3,
      error_class: 'blocked',
      message: 'HTTP 403\u001b[2J',
    },
    'Zafra: task 7 failed for good: CyT Zap/Ven/Dep (cyt) (blocked)',
    'blocked: HTTP 403\nbatch Nov26_01, 3 attempts: zafra logs 7',
  ],
  [
    {
      at,
      event: 'recovered',
      of: { what: 'tasks', batch_id: 'Nov26_02', total: 3, tasks: [task] },
    },
    'Zafra: fine again in batch Nov26_02: 3 tasks that had failed for good',
    '  7  CyT Zap/Ven/Dep (cyt)\n  and 2 more',
  ],
  [
    { at, event: 'recovered', of: { what: 'site', site: 'CyT', reason: 'blocked' } },
    'Zafra: site CyT goes on (it was paused: blocked)',
    '',
  ],
  [
    { at, event: 'recovered', of: { what: 'alert', code: 'disk', message: 'no room' } },
    'Zafra: over: no room',
    '',
  ],
  [{ at, event: 'alert', code: 'disk', message: 'no room\r\nBcc: x' }, 'Zafra: no room^M^JBcc: x', ''],
  [{ at, event: 'test' }, 'Zafra: a test: this channel works', ''],
])('%o', (notice, title, text) => {
  expect(titleOf(notice)).toBe(title)
  expect(textOf(notice)).toBe(text)
})

test('whatever a page says, titles and texts are clean and bounded, and JSON keeps it as it was', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('\u001b[31m', '\n', '\r', '\u202e', '\ud800', 'ñ', '𝄞', 'a'),
  })
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 200 }), (piece, times) => {
      const message = piece.repeat(times)
      const failures = Array.from({ length: 10 }, () => ({ ...DIGEST.failures[0]!, message }))
      const notice = ended({ failures, findings: [message], diff: [message] })
      for (const text of [titleOf(notice), ...textOf(notice).split('\n')]) expect(safe(text)).toBe(text)
      expect(textOf(notice).length).toBeLessThanOrEqual(12_000)
      expect(titleOf({ at, event: 'alert', code: '', message }).length).toBeLessThanOrEqual(150)
      const body = bodyOf({ delivery: delivery(notice), workspace: '/w' })
      expect(safe(body)).toBe(body)
      expect((JSON.parse(body) as { digest: { findings: string[] } }).digest.findings).toEqual([message])
    }),
    { numRuns: 50 },
  )
})
