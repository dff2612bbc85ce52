import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMessage } from '../../src/domain/log-message.ts'
import { fills, isBefore, lastPlace, moved } from '../../src/tui/screens/log/window.ts'
import { HEIGHT, openTail } from '../support/log-tail.ts'
import { overview } from '../support/overview.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'

type Printed = { stream: 'out' | 'err'; text: string }
type Opened = Awaited<ReturnType<typeof openTail>>

/** The log as one would write it without a thought for its length: all lines in hand, all the time. */
class NaiveLog {
  all: Printed[] = []
  stream: 'out' | 'err' | undefined
  errors = false
  /** Number of the first line shown among all; null: it follows. */
  top: number | null = null

  get shown(): number[] {
    return this.all
      .map((_, at) => at)
      .filter((at) => {
        const line = this.all[at] as Printed
        if (this.errors && line.stream !== 'err' && readMessage(line.text)?.weight !== 'error') return false
        return this.stream === undefined || line.stream === this.stream
      })
  }

  seen(): string[] {
    const from = this.first()
    return this.shown.slice(from, from + HEIGHT).map((at) => {
      const { text } = this.all[at] as Printed
      return readMessage(text)?.text ?? text
    })
  }

  scroll(rows: number): void {
    this.goTo(this.first() + rows)
  }

  goTo(index: number): void {
    const last = Math.max(0, this.shown.length - HEIGHT)
    this.top = this.shown[Math.max(0, Math.min(index, last))] ?? 0
  }

  /** The same lines stay in sight, as far as they are shown any more. */
  settle(): void {
    const { top } = this
    if (top !== null) this.goTo(this.shown.findIndex((at) => at >= top) === -1 ? Infinity : this.first())
  }

  private first(): number {
    const { shown, top } = this
    if (top === null) return Math.max(0, shown.length - HEIGHT)
    const index = shown.findIndex((at) => at >= top)
    return index === -1 ? shown.length : index
  }
}

const ERROR = JSON.stringify({ scraper: 1, type: 'error', class: 'blocked', message: '403' })
const printed = fc.record({
  stream: fc.constantFrom('out', 'err'),
  count: fc.constantFrom(1, 3, 40, 700, 5200),
  error: fc.boolean(),
})
const step = fc.oneof(
  { weight: 3, arbitrary: printed.map((what) => ({ kind: 'print' as const, ...what })) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(-1, 1, -7, 12, -600, 450).map((rows) => ({ kind: 'scroll' as const, rows })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('start' as const, 'end' as const)
      .map((end) => ({ kind: 'goTo' as const, end })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'follow' as const }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('out' as const, 'err' as const, undefined)
      .map((stream) => ({ kind: 'stream' as const, stream })),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'errors' as const }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function take(what: Step, naive: NaiveLog, { engine, tail, pass }: Opened): Promise<void> {
  switch (what.kind) {
    case 'print':
      for (let line = 0; line < what.count; line += 1) {
        const text = what.error && line === 0 ? ERROR : `line ${naive.all.length}`
        naive.all.push({ stream: what.stream, text })
        engine.print(1, what.stream, text)
      }
      naive.settle()
      // A following log catches up in its own time.
      for (let turn = 0; turn < 3; turn += 1) await pass()
      return
    case 'scroll':
      naive.scroll(what.rows)
      return tail.scroll(what.rows)
    case 'goTo':
      if (what.end === 'end') naive.top = null
      else naive.goTo(0)
      return tail.goTo(what.end)
    case 'follow':
      if (naive.top === null) naive.scroll(0)
      else naive.top = null
      return tail.toggleFollow()
    case 'stream':
      naive.stream = what.stream
      naive.settle()
      return tail.choose({ stream: what.stream })
    case 'errors':
      naive.errors = !naive.errors
      naive.settle()
      return tail.choose({ errors: naive.errors })
  }
}

test('whatever is printed and pressed, it shows what a log held whole in memory would', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const naive = new NaiveLog()
      const engine = new ScriptedEngine(overview())
      engine.print(1, 'out', 'line 0')
      naive.all.push({ stream: 'out', text: 'line 0' })
      const opened = await openTail(engine)
      for (const what of steps) {
        await take(what, naive, opened)
        await opened.rest()
        expect(opened.seen()).toEqual(naive.seen())
        expect(opened.view().lines.length).toBeLessThanOrEqual(5000)
      }
      opened.tail.close()
    }),
    { numRuns: 100 },
  )
})

test('moving by rows is moving through the rows written out one below the other', () => {
  const heights = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(
      heights,
      fc.nat(60),
      fc.integer({ min: -40, max: 40 }),
      fc.integer({ min: 1, max: 8 }),
      (lines, at, by, height) => {
        const rows = lines.flatMap((count, index) =>
          Array.from({ length: count }, (_, row) => ({ index, row })),
        )
        const last = Math.max(0, rows.length - height)
        const from = Math.min(at, last)
        const screen = { height, rowsOf: (count: number) => count }
        const { place, short } = moved(lines, rows[from] ?? { index: 0, row: 0 }, by, screen)
        expect(place).toEqual(rows[Math.max(0, Math.min(from + by, last))])
        expect(short).toBe(from + by < 0 || from + by > last)
        expect(lastPlace(lines, height, screen.rowsOf)).toEqual(rows[last])
        expect(fills(lines, place, screen)).toBe(rows.length >= height)
        expect(isBefore(place, rows[last] ?? place)).toBe(Math.max(0, Math.min(from + by, last)) < last)
      },
    ),
  )
})
