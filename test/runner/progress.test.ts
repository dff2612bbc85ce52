import { expect, test } from 'vitest'
import type { Progress } from '../../src/domain/query.ts'
import { ProgressFeed } from '../../src/runner/progress.ts'
import { testClock } from '../support/clock.ts'

function feed() {
  const clock = testClock()
  const heard: Progress[] = []
  const progress = new ProgressFeed(clock, (each) => heard.push(each))
  return { clock, heard, progress, pages: () => heard.map(({ page }) => page) }
}

test('the first word passes at once, the last one of each tenth of a second after it', () => {
  const { clock, progress, pages } = feed()
  for (let page = 1; page <= 1000; page++) {
    progress.update({ page })
    clock.advance(1)
  }
  expect(pages()).toEqual([1, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000])
})

test('the last word is never lost', () => {
  const { progress, pages } = feed()
  progress.update({ page: 1 })
  progress.update({ page: 2 })
  progress.update({ page: 3 })
  progress.end()
  progress.end()
  expect(pages()).toEqual([1, 3])
})

test('what a message leaves out stays as it was', () => {
  const { clock, progress, heard } = feed()
  progress.update({ page: 1, pages: 9, message: 'a' })
  clock.advance(1000)
  progress.update({ page: 2 })
  expect(heard.at(-1)).toEqual({ page: 2, pages: 9, items: null, expected: null, message: 'a' })
})

test('silence delivers nothing', () => {
  const { clock, progress, heard } = feed()
  progress.update({ page: 1 })
  clock.advance(10_000)
  progress.end()
  expect(heard).toHaveLength(1)
})
