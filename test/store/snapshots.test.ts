import { expect, test } from 'vitest'
import { Snapshots } from '../../src/store/disk/snapshots.ts'
import { standingClock, until } from './support.ts'

function recorded(exportMs: number) {
  const clock = standingClock()
  const written: number[] = []
  const snapshots = new Snapshots(clock, 1, {
    async take() {
      return snapshots.timed(() => {
        clock.advance(exportMs)
        return { bytes: new Uint8Array(), seq: written.length + 1, journalBytes: 0 }
      })
    },
    async put({ seq }) {
      written.push(seq)
    },
    failed() {},
  })
  return { clock, written, snapshots }
}

test('a snapshot follows a change once, after the interval', async () => {
  const { clock, written, snapshots } = recorded(1)
  snapshots.changed()
  snapshots.changed()
  expect(clock.waiting.map(({ ms }) => ms)).toEqual([1_000])
  clock.fire()
  await until(() => written.length === 1)
  expect(clock.waiting).toEqual([])
})

test('the dearer an export, the longer until the next: it holds up a fiftieth of the time at most', async () => {
  const { clock, written, snapshots } = recorded(100)
  snapshots.changed()
  clock.fire()
  await until(() => written.length === 1)
  snapshots.changed()
  expect(clock.waiting.map(({ ms }) => ms)).toEqual([5_000])
})

test('two snapshots are never written at once, and the last one is waited for', async () => {
  const { clock, written, snapshots } = recorded(1)
  await Promise.all([snapshots.write(), snapshots.write()])
  expect(written).toEqual([1, 2])
  snapshots.changed()
  await snapshots.idle()
  expect([written.length, clock.waiting]).toEqual([2, []])
})
