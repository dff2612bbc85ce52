import { expect, test } from 'vitest'
import { openStore } from '../../src/store/index.ts'
import { everyTask, newBatch, note, options, planned, standingClock, until } from './support.ts'
import { volatileDisk, type Remains } from './volatile-disk.ts'

/** What the power left at one moment, and what had been acknowledged by then. */
interface Moment {
  remains: Remains
  acknowledged: number
}

/** A database that is made, written to, snapshotted twice and closed; the power may fail after each of its calls. */
async function everyMoment(): Promise<Moment[]> {
  const moments: Moment[] = []
  let acknowledged = 0
  const disk = volatileDisk(new Map(), () => {
    for (const remains of disk.remains()) moments.push({ remains, acknowledged })
  })
  const clock = standingClock()
  const store = await openStore(options('/disk', { files: disk.files, clock, fsync: 'always' }))
  await store.insertBatch(newBatch(), [planned()], 3)
  for (const snapshot of [false, true, false, true, false]) {
    await store.commit([note(1, `note ${acknowledged + 1}`)])
    acknowledged++
    if (snapshot) {
      clock.fire()
      await until(async () => (await store.status()).journal_bytes === 0)
    }
  }
  await store.close()
  return moments
}

test('whatever the power leaves of what was not synced, everything acknowledged is there', async () => {
  const moments = await everyMoment()
  expect(moments.length).toBeGreaterThan(60)
  for (const { remains, acknowledged } of moments.filter((each) => each.acknowledged > 0)) {
    const { files } = volatileDisk(remains)
    const store = await openStore(options('/disk', { files }))
    const [task] = await everyTask(store)
    await store.close()
    expect(Number(task?.error_message?.replace('note ', '') ?? 0)).toBeGreaterThanOrEqual(acknowledged)
  }
})
