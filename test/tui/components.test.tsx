import { Box, Text } from 'ink'
import { cleanup, render } from 'ink-testing-library'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, test } from 'vitest'
import { Dialog } from '../../src/tui/components/dialog.tsx'
import { Divider, Sides } from '../../src/tui/components/frame.tsx'
import { BlankLine, Line, Lines } from '../../src/tui/components/line.tsx'
import { LongList } from '../../src/tui/components/long-list.tsx'
import { Pane } from '../../src/tui/components/pane.tsx'
import { LookContext, lookOf } from '../../src/tui/kernel/look.ts'
import { StoreContext, useSelect } from '../../src/tui/kernel/select.ts'
import { emptyList } from '../../src/tui/list/view.ts'
import { initialState, type State } from '../../src/tui/state.ts'
import { createStore } from '../../src/tui/store.ts'
import type { Column } from '../../src/tui/table.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { settle } from '../support/settle.ts'

afterEach(cleanup)

const COLUMNS = 30
const theme = createTheme({ color: 'none', ascii: false })

/** The lines of Ink's frame, within a screen of so many columns. */
function drawn(children: ReactNode): string[] {
  const { lastFrame } = render(
    <LookContext value={lookOf(COLUMNS, theme)}>
      <Box flexDirection="column" width={COLUMNS}>
        {children}
      </Box>
    </LookContext>,
  )
  return (lastFrame() ?? '').split('\n')
}

interface Site {
  site: string
  rows: number
}

const COLUMNS_OF_SITE: readonly Column<Site>[] = [
  { title: 'Site', width: 8, cell: ({ site }) => ({ text: site }) },
  { title: 'Rows', width: 6, align: 'right', cell: ({ rows }) => ({ text: String(rows) }) },
]
const SITES: Site[] = ['Inm24', 'Lam', '再試行', 'Mit'].map((site, index) => ({ site, rows: 10 * index }))

describe('a line', () => {
  test('is cut where it is too wide, also between wide glyphs', () => {
    expect(drawn(<Line spans={[{ text: 'a'.repeat(40) }]} />)).toEqual([`${'a'.repeat(25)}…`])
    expect(drawn(<Line spans={[{ text: '再'.repeat(20) }]} />)).toEqual([`${'再'.repeat(12)} …`])
  })

  test('takes one row of the screen where it is blank', () => {
    const lines = drawn(
      <>
        <BlankLine />
        <Lines rows={[[{ text: 'one' }], [], [{ text: 'three' }]]} />
      </>,
    )
    expect(lines).toEqual(['', 'one', '', 'three'])
  })
})

test('the sides go around what is in them, and a divider reaches from one to the other', () => {
  const lines = drawn(
    <Sides height={4}>
      <Line spans={[{ text: 'above' }]} />
      <Divider title={[{ text: 'Ledger' }]} note={[{ text: '3 slots' }]} />
      <Line spans={[{ text: 'below 再' }]} />
    </Sides>,
  )
  expect(lines).toEqual([
    '│ above                      │',
    '├─ Ledger ───────── 3 slots ─┤',
    '│ below 再                   │',
    '│                            │',
  ])
})

test('a pane shows the rows around its cursor, and how many are out of sight', () => {
  const look = { columns: COLUMNS_OF_SITE, rows: SITES, empty: 'none', heads: true, own: true }
  expect(
    drawn(
      <Sides height={4}>
        <Pane {...look} title="Sites" height={2} index={2} />
      </Sides>,
    ),
  ).toEqual([
    '├─ Sites ───────── 2-3 of 4 ─┤',
    '│   Site       Rows          │',
    '│   Lam          10          │',
    '│ ▸ 再試行       20          │',
  ])
})

test('a pane says why it is empty and keeps its rows', () => {
  const look = { columns: COLUMNS_OF_SITE, rows: [], empty: 'nothing runs', heads: false, own: true }
  expect(
    drawn(
      <Sides height={3}>
        <Pane {...look} title="Running" height={2} index={0} />
      </Sides>,
    ).slice(1),
  ).toEqual(['│   nothing runs             │', '│                            │'])
})

describe('a long list', () => {
  const list = (view: Parameters<typeof LongList<Site>>[0]['view'], height = 3) =>
    drawn(
      <LongList
        view={view}
        columns={COLUMNS_OF_SITE}
        id={({ site }) => site}
        empty="No site"
        height={height}
      />,
    )

  test('waits, and says that it is empty', () => {
    expect(list(emptyList())[1]).toBe('   Waiting for the engine')
    expect(list({ ...emptyList(), total: 0 })[1]).toBe('   No site')
  })

  test('shows of a window in hand what is on the screen, with the cursor and the marks', () => {
    const view = {
      ...emptyList<Site, string>(),
      rows: SITES,
      offset: 100,
      total: 1000,
      top: 101,
      cursor: { id: '再試行', index: 102 },
      marks: new Set(['Lam']),
    }
    expect(list(view).slice(1)).toEqual([' ◆ Lam          10', '▸  再試行       20'])
  })
})

test('a dialog lies over the rest, and of a glyph that it cuts in two nothing is left', () => {
  const lines = drawn(
    <Box flexDirection="column" height={2}>
      <Line spans={[{ text: '再試行再試行' }]} />
      <Line spans={[{ text: 'abcdefghijkl' }]} />
      <Dialog overlay={{ left: 3, top: 0, lines: [' y ', ' n '] }} />
    </Box>,
  )
  expect(lines).toEqual(['再  y 再試行', 'abc n ghijkl'])
})

test('a component is drawn anew when what it selects has changed, and not otherwise', async () => {
  const store = createStore<State>(initialState({ columns: 80, rows: 24 }, 'dark'))
  function Shown() {
    const { size, frozen } = useSelect((state) => ({ size: state.size, frozen: state.frozen }))
    return <Text>{`${size.columns} ${frozen ? 'frozen' : 'live'}`}</Text>
  }
  const { frames } = render(
    <StoreContext value={store}>
      <Shown />
    </StoreContext>,
  )
  store.set({ notice: { text: 'of no interest', style: 'good' } })
  await settle()
  expect(frames).toEqual(['80 live'])
  store.set({ frozen: true })
  await settle()
  expect(frames).toEqual(['80 live', '80 frozen'])
})
