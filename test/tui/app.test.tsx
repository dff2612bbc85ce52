import { cleanup, render } from 'ink-testing-library'
import { afterEach, expect, test } from 'vitest'
import { App } from '../../src/tui/app.tsx'
import { createTheme } from '../../src/tui/theme.ts'
import { busyOverview } from '../support/overview.ts'
import { settle } from '../support/settle.ts'
import { openSession } from '../support/tui-session.ts'

afterEach(cleanup)

const plain = createTheme({ color: 'none', ascii: false })

async function mounted() {
  const opened = await openSession(busyOverview(), { columns: 100, rows: 30 })
  const { stdin, frames, lastFrame } = render(<App session={opened.session} themes={() => plain} />)
  await settle()
  return {
    ...opened,
    frames,
    frame: () => lastFrame() ?? '',
    type: async (keys: string) => {
      stdin.write(keys)
      await settle()
    },
  }
}

test("Ink's frame is the screen, line by line", async () => {
  const { frame, screen, type } = await mounted()
  expect(frame()).toBe(screen())
  await type('j')
  expect(frame()).toBe(screen())
})

test.each(['2', '3', '4', '5', '6', '7'])('so it is for the screen of key %s', async (key) => {
  const { frame, screen, type, rest } = await mounted()
  await type(key)
  await rest()
  expect(frame()).toMatch(new RegExp(`^╭─.*\\[${key} `))
  expect(frame().split('\n')).toHaveLength(30)
  expect(frame()).toBe(screen())
})

test('what changes is drawn, and what is the same is not drawn again', async () => {
  const { frames, type, session } = await mounted()
  const before = frames.length
  session.set({})
  await settle()
  expect(frames).toHaveLength(before)
  await type('j')
  expect(frames.length).toBeGreaterThan(before)
})

test('a burst is read key by key', async () => {
  const { type, selected, frame } = await mounted()
  await type('jjk')
  expect(selected()).toContain('CyT')
  await type('j\u0003')
  expect(frame()).toContain('let what runs end, then quit')
})

test('a paste does nothing', async () => {
  const { type, engine, left, frame } = await mounted()
  const before = frame()
  await type('\u001b[200~qqRRcy\rs\u001b[201~')
  expect([engine.commands, left, frame()]).toEqual([[], [], before])
})

test('a dialog lies over the middle of the screen', async () => {
  const { type, frame } = await mounted()
  await type('c')
  const lines = frame().split('\n')
  expect(lines).toHaveLength(30)
  expect(lines[0]).toContain('[1 Dashboard]')
  expect(lines.findIndex((line) => line.includes('╭─ Cancel'))).toBeGreaterThan(8)
  expect(lines.find((line) => line.includes('Cancel 62 tasks of Inm24?'))).toMatch(/^│.* │  Cancel.* │ .*│$/)
})
