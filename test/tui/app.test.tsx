import { cleanup, render } from 'ink-testing-library'
import { afterEach, expect, test } from 'vitest'
import { App } from '../../src/tui/app.tsx'
import type { View } from '../../src/tui/view.ts'
import { busyOverview } from '../support/overview.ts'
import { settle } from '../support/settle.ts'
import { openSession } from '../support/tui-session.ts'

afterEach(cleanup)

async function mounted() {
  const opened = await openSession(busyOverview(), { columns: 100, rows: 30 })
  const shown: View[] = []
  const show = (view: View) => {
    shown.push(view)
  }
  const { stdin } = render(<App session={opened.session} view={opened.view} show={show} />)
  await settle()
  return {
    ...opened,
    shown,
    lines: () => shown.at(-1)?.lines ?? [],
    overlay: () => shown.at(-1)?.overlay?.lines.join('\n'),
    type: async (keys: string) => {
      stdin.write(keys)
      await settle()
    },
  }
}

test('what changes is shown, and what is the same is not shown again', async () => {
  const { shown, view, type, session } = await mounted()
  expect(shown.at(-1)).toBe(view())
  const before = shown.length
  session.set({})
  await settle()
  expect(shown).toHaveLength(before)
  await type('j')
  expect(shown).toHaveLength(before + 1)
  expect(shown.at(-1)).toBe(view())
})

test('a burst is read key by key', async () => {
  const { type, selected, overlay } = await mounted()
  await type('jjk')
  expect(selected()).toContain('CyT')
  await type('j\u0003')
  expect(overlay()).toContain('let what runs end, then quit')
})

test('a paste does nothing', async () => {
  const { type, engine, left, lines } = await mounted()
  const before = lines()
  await type('\u001b[200~qqRRcy\rs\u001b[201~')
  expect([engine.commands, left, lines()]).toEqual([[], [], before])
})

test('a dialog lies over the middle of the screen', async () => {
  const { type, shown } = await mounted()
  await type('c')
  const { overlay, lines } = shown.at(-1) ?? {}
  expect(overlay?.lines.join('\n')).toContain('Cancel 62 tasks of Inm24?')
  expect(overlay?.top).toBeGreaterThan(8)
  expect(lines).toHaveLength(30)
  expect(lines?.[0]).toContain('[1 Dashboard]')
})
