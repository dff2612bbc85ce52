import { expect, test } from 'vitest'
import { logRows } from '../../src/tui/screens/log/rows.ts'
import { finder, highlighted } from '../../src/tui/screens/log/matches.ts'
import { createTheme } from '../../src/tui/theme.ts'
import { numbered, openTail } from '../support/log-tail.ts'
import { overview } from '../support/overview.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'

async function open(...lines: string[]) {
  const engine = new ScriptedEngine(overview())
  engine.print(1, 'out', ...lines)
  return openTail(engine)
}

test('goes to the nearest match, then to the next and the one before, round at the ends', async () => {
  const { tail, view, rest, rows } = await open(...numbered(1, 1000))
  await tail.goTo('start')
  tail.searchFor('LINE 9')
  await rest()
  const marked = () => rows().find((row) => row.startsWith('▸'))
  expect([view().search, marked()?.slice(-6)]).toEqual([
    { text: 'LINE 9', count: 111, done: true, at: 0 },
    'line 9',
  ])
  tail.seek('next')
  await rest()
  expect([view().search?.at, marked()?.slice(-7)]).toEqual([1, 'line 90'])
  tail.seek('previous')
  await rest()
  tail.seek('previous')
  await rest()
  expect([view().search?.at, marked()?.slice(-8)]).toEqual([110, 'line 999'])
  tail.seek('next')
  await rest()
  expect([view().search?.at, marked()?.slice(-6)]).toEqual([0, 'line 9'])
})

test('counts piece by piece; the goal is reached as soon as it is known', async () => {
  const { engine, tail, view, rest, clock } = await open(...numbered(1, 2000))
  tail.searchFor('line 5')
  const counts: [number, boolean][] = []
  for (let turn = 0; turn < 400 && !view().search?.done; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    counts.push([view().search?.count ?? 0, view().search?.done ?? false])
  }
  await rest()
  const found = numbered(1, 2000).filter((line) => line.includes('line 5')).length
  expect(counts.some(([count, done]) => count > 0 && count < found && !done)).toBe(true)
  // At the end there is none any more: the last one before it.
  expect(view().search).toEqual({ text: 'line 5', count: found, done: true, at: found - 1 })
  engine.print(1, 'out', 'line 5 again')
  await tail.goTo('end')
  clock.advance(100)
  await rest()
  expect(view().search?.count).toBe(found + 1)
})

test('a text that is nowhere is said to be, and a new one takes its place', async () => {
  const { tail, view, rest, said } = await open(...numbered(1, 200))
  tail.searchFor('nowhere')
  await rest()
  expect([said, view().search?.count, view().following]).toEqual([['no line has "nowhere"'], 0, true])
  tail.searchFor('line 7')
  tail.searchFor('line 77')
  await rest()
  expect(view().search).toEqual({ text: 'line 77', count: 1, done: true, at: 0 })
  tail.searchFor('')
  expect(view().search).toBeNull()
})

test('a key that moves calls off a match that is still looked for', async () => {
  const { tail, view, rest } = await open(...numbered(1, 5000))
  tail.searchFor('line 1')
  await rest()
  tail.seek('next')
  await tail.scroll(-3)
  await rest()
  const { top } = view()
  await rest()
  expect(view().top).toEqual(top)
})

test('a match among lines that are hidden shows them', async () => {
  const { tail, view, rest } = await open(...numbered(1, 100))
  await tail.choose({ errors: true })
  tail.searchFor('line 42')
  await rest()
  expect([view().choice.errors, view().lines.some(({ text }) => text === 'line 42')]).toEqual([false, true])
})

test('accents count as little as letter case; ñ is a letter of its own', async () => {
  const { tail, view, rest, rows } = await open('Ciudad Juárez', 'juarez', 'Núñez', 'nunez')
  tail.searchFor('JUAREZ')
  await rest()
  expect(view().search?.count).toBe(2)
  tail.searchFor('nuñez')
  await rest()
  expect([
    view().search?.count,
    rows()
      .find((row) => row.startsWith('▸'))
      ?.slice(-5),
  ]).toEqual([1, 'Núñez'])
})

test('in one stream only its matches count', async () => {
  const { engine, tail, view, rest } = await open('uno', 'dos')
  engine.print(1, 'err', 'uno más')
  tail.searchFor('uno')
  await rest()
  expect(view().search?.count).toBe(2)
  await tail.choose({ stream: 'err' })
  await rest()
  expect(view().search?.count).toBe(1)
})

test('a match beyond the edge of the screen is brought into sight', async () => {
  const { tail, rest, rows } = await open(`${'x'.repeat(300)}aguja${'y'.repeat(300)}`)
  tail.searchFor('aguja')
  await rest()
  expect(rows()[0]?.slice(0, 60)).toMatch(/^▸.*…x+aguja/)
})

test.each([
  ['ñandú Ñandú', 'ÑANDÚ', 'ñandú|Ñandú'],
  ['Juárez, JUAREZ, Jua\u0301rez', 'juarez', 'Juárez|JUAREZ|Jua\u0301rez'],
  ['a.b a+b', 'a+b', 'a+b'],
  ['a[b]-^\\ x', '[B]-^\\', '[b]-^\\'],
  ['再試行 429', '試行', '試行'],
  ['nothing', '', ''],
])('in "%s" the search for "%s" sets off %s', (text, search, expected) => {
  const spans = highlighted(text, finder(search)(text), { from: 0, to: text.length }, 'plain')
  expect(spans.map((span) => span.text).join('')).toBe(text)
  const set = spans.filter(({ style }) => style === 'selected').map((span) => span.text)
  expect(set.join('|')).toBe(expected)
  expect(createTheme({ color: 16, ascii: false }).paint(spans, 40)).toContain(set[0] ?? '')
})

test('where letters lose their accents, what was typed is set off all the same', async () => {
  const { tail, view, rest } = await open('aviso: nandu')
  tail.searchFor('ñandú')
  await rest()
  const rows = logRows(view(), { height: 3, cells: 80 }, createTheme({ color: 'none', ascii: true }))
  expect(rows.flat().filter(({ style }) => style === 'selected')).toEqual([
    { text: 'nandu', style: 'selected' },
  ])
})
