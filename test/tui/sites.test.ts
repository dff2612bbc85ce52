import { expect, test } from 'vitest'
import { siteColumns } from '../../src/tui/screens/dashboard/sites.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { NOW, overview, runningTask, siteView } from '../support/overview.ts'

test.each([
  [40, 'Gdl Ven Dep-12 40% +1'],
  [16, 'Gdl Ven … 40% +1'],
])('in %i cells the task that runs keeps its progress', (cells, expected) => {
  const progress = { ...runningTask(1).progress, items: 40, expected: 100, page: null, pages: null }
  const running = [
    runningTask(1, { website: 'CyT', city: 'Gdl', operation: 'Ven', product: 'Dep', variant: 12, progress }),
    runningTask(2, { website: 'CyT' }),
  ]
  const shown = { overview: overview({ running }), now: NOW, age_s: 0 }
  const column = siteColumns(shown, createTheme({ color: 'none', ascii: false })).find(
    ({ title }) => title === 'Now',
  )
  const text = [column?.cell(siteView('CyT'), cells) ?? []]
    .flat()
    .map((span) => span.text)
    .join('')
  expect(text).toBe(expected)
})
