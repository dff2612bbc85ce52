import { expect, test } from 'vitest'
import { alertRows } from '../../src/tui/screens/dashboard/header.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { busyOverview } from '../support/overview.ts'

const alerts = [
  { code: 'cpu', message: 'CPU at 97 %' },
  { code: 'memory', message: 'memory at 91 %' },
  { code: 'disk', message: '3 MiB free' },
] as const

test.each([
  [1, ['▲ (+2) CPU at 97 %']],
  [2, ['▲ CPU at 97 %', '▲ (+1) memory at 91 %']],
  [3, ['▲ CPU at 97 %', '▲ memory at 91 %', '▲ 3 MiB free']],
  [9, ['▲ CPU at 97 %', '▲ memory at 91 %', '▲ 3 MiB free']],
])('with room for %i, the first alerts are said and the others counted', (limit, said) => {
  const overview = { ...busyOverview(), alerts: [...alerts] }
  const rows = alertRows(overview, limit, createTheme({ ascii: false, color: false }))
  expect(rows.map((row) => row.map(({ text }) => text).join(''))).toEqual(said)
})
