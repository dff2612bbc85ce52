import fc from 'fast-check'
import { expect, test } from 'vitest'
import { percentBar, sparkline } from '../../src/cli/bars.ts'

test.each([
  [0, '··········'],
  [0.01, '▏·········'],
  [50, '█████·····'],
  [66.67, '██████▋···'],
  [99.99, '█████████▉'],
  [100, '██████████'],
])('%d %% is %s', (percent, bar) => expect(percentBar(percent)).toBe(bar))

test('a bar is ten cells wide, whatever the number, and never shrinks as it grows', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (one, other) => {
      const [less, more] = [percentBar(Math.min(one, other)), percentBar(Math.max(one, other))]
      expect([less.length, more.length]).toEqual([10, 10])
      expect(less.replaceAll('·', '').length).toBeLessThanOrEqual(more.replaceAll('·', '').length)
    }),
  )
})

test.each([
  [[], ''],
  [[0, 0], '▁▁'],
  [[0, 50, 100], '▁▅█'],
  [[7], '█'],
])('%j is %s', (values, line) => expect(sparkline(values)).toBe(line))
