import { expect, test } from 'vitest'
import { sqlTime } from '../../src/domain/clock.ts'
import type { Slot } from '../../src/domain/schedule.ts'
import type { Change } from '../../src/domain/store.ts'
import { makeFolder, newBatch, open, planned } from './support.ts'

function slot(more: Partial<Slot> = {}): Slot {
  return {
    schedule: 'it',
    slot: '2026-01-01 02:00:00',
    decision: 'queued',
    decided_at: '2026-01-01 02:00:01',
    batch_id: null,
    reason: 'on time',
    ...more,
  }
}
const decided = (more: Partial<Slot> = {}): Change => ({ type: 'slot_decided', slot: slot(more) })
const settled: Change = {
  type: 'slot_settled',
  slot: slot(),
  set: { decision: 'ran', batch_id: 'Sep25_01', reason: 'on time' },
}

test('a slot is decided once; a second decision undoes all that was written with it', async () => {
  const store = await open(await makeFolder())
  expect(await store.commit([decided()])).toEqual([1])
  const again = store.commit([decided({ slot: '2026-01-02 02:00:00' }), decided()])
  await expect(again).rejects.toMatchObject({ code: 'conflict' })
  expect(await store.slots({ offset: 0, limit: 10 })).toEqual({ total: 1, slots: [slot()] })
})

test.each([
  ['missed', '2025-12-31 00:00:00', true],
  ['skipped_overlap', '2025-12-31 00:00:00', true],
  ['missed', '2026-01-02 00:00:00', false],
  ['ran', '2025-12-31 00:00:00', false],
  ['caught_up', '2025-12-31 00:00:00', false],
  ['queued', '2025-12-31 00:00:00', false],
  ['failed', '2025-12-31 00:00:00', false],
] as const)('one that is %s is decided anew at %s: %j', async (decision, decided_at, anew) => {
  const store = await open(await makeFolder())
  await store.commit([decided({ decision })])
  const done = await store.commit([decided({ decided_at })]).then(
    () => true,
    () => false,
  )
  expect(done).toBe(anew)
  expect((await store.slots({ offset: 0, limit: 10 })).total).toBe(1)
})

test('a slot is settled with its batch or not at all, and once', async () => {
  const folder = await makeFolder()
  const store = await open(folder)
  await store.commit([decided()])
  await store.insertBatch(newBatch(), [planned()], 3, [settled])
  expect(await store.lastSlot('it')).toMatchObject({ decision: 'ran', batch_id: 'Sep25_01' })
  const next = newBatch({ batch_id: 'Sep25_02', execution_number: 2 })
  await expect(store.insertBatch(next, [planned()], 3, [settled])).rejects.toMatchObject({ code: 'conflict' })
  expect(await store.batch('Sep25_02')).toBeUndefined()
  await store.commit([decided({ slot: '2026-01-02 02:00:00' })])
  const second: Change = { ...settled, slot: slot({ slot: '2026-01-02 02:00:00' }) }
  // The batch's id is taken, so the slot stays as it was.
  await expect(store.insertBatch(newBatch(), [planned()], 3, [second])).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await store.queuedSlots()).toEqual([slot({ slot: '2026-01-02 02:00:00' })])
})

test('what is remembered of a schedule, and its ledger, are there after the store was closed', async () => {
  const folder = await makeFolder()
  const store = await open(folder)
  const state = { name: 'it', cron: '0 2 * * *', looked_at: '2026-01-01 02:00:01.000', enabled: false }
  await store.commit([{ type: 'schedule', schedule: { ...state, enabled: null } }])
  await store.commit([{ type: 'schedule', schedule: state }, decided(), decided({ schedule: 'other' })])
  await store.close()
  const reopened = await open(folder)
  expect(await reopened.schedules()).toEqual([state])
  expect(await reopened.slotsBetween('it', '2026-01-01 02:00:00', '2026-01-01 02:00:00')).toEqual([slot()])
  expect(await reopened.slotsBetween('it', '2026-01-01 02:00:01', '2026-01-03 00:00:00')).toEqual([])
  expect(await reopened.lastSlot('nothing')).toBeUndefined()
})

test('old slots are forgotten, but for the last thousand of their schedule and what waits', async () => {
  const store = await open(await makeFolder())
  const day = (at: number) => sqlTime(new Date(Date.UTC(2026, 0, 1 + at)))
  const days = Array.from({ length: 1010 }, (_, at) => at)
  const lines = days.map((at) => decided({ slot: day(at), decision: at === 3 ? 'queued' : 'ran' }))
  await store.commit([...lines, decided({ schedule: 'other', decision: 'ran', slot: day(0) })])
  const forget = (before: string) => store.commit([{ type: 'forget_slots', schedule: 'it', before }])
  expect(await forget(day(5))).toEqual([4])
  expect(await forget(day(2000))).toEqual([5])
  const kept = await store.slotsBetween('it', day(0), day(2000))
  expect(kept.map((each) => each.slot)).toEqual([3, ...days.slice(10)].map(day))
  expect(await store.lastSlot('other')).toBeDefined()
})
