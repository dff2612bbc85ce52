import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../src/domain/clock.ts'
import type { PlannedTask } from '../../src/domain/plan.ts'
import type { Change, NewBatch, Reads } from '../../src/domain/store.ts'
import type { Task } from '../../src/domain/task.ts'
import { openStore, type OpenStore, type StoreOptions } from '../../src/store/index.ts'

export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'zafra-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A clock that stands still until told otherwise; `fire` runs what waits. */
export function standingClock(): Clock & {
  fire(): void
  waiting: { ms: number; callback: () => void }[]
  advance(ms: number): void
} {
  let at = Date.parse('2025-09-16T10:00:00.000Z')
  const clock = {
    waiting: [] as { ms: number; callback: () => void }[],
    now: () => new Date(at),
    monotonic: () => at,
    after(ms: number, callback: () => void) {
      const entry = { ms, callback }
      clock.waiting.push(entry)
      return () =>
        void clock.waiting.splice(0, clock.waiting.length, ...clock.waiting.filter((each) => each !== entry))
    },
    advance(ms: number) {
      at += ms
    },
    fire() {
      for (const { callback } of clock.waiting.splice(0)) callback()
    },
  }
  return clock
}

export function options(folder: string, more: Partial<StoreOptions> = {}): StoreOptions {
  return {
    path: join(folder, 'orchestrator.db'),
    backup_dir: join(folder, 'backups'),
    snapshot_interval: 1,
    fsync: 'never',
    clock: standingClock(),
    ...more,
  }
}

export async function open(folder: string, more: Partial<StoreOptions> = {}): Promise<OpenStore> {
  const store = await openStore(options(folder, more))
  onTestFinished(() => store.close().catch(() => {}))
  return store
}

export function newBatch(more: Partial<NewBatch> = {}): NewBatch {
  return {
    batch_id: 'Sep25_01',
    month_year: 'Sep25',
    execution_number: 1,
    started_at: '2025-09-16 10:00:00',
    estimated_duration_minutes: 90,
    ...more,
  }
}

export function planned(more: Partial<PlannedTask> = {}): PlannedTask {
  const order_num = more.order_num ?? 1
  return {
    scraper_name: 'cyt',
    website: 'CyT',
    city: 'Gdl',
    operation: 'Ven',
    product: 'Dep',
    variant: order_num,
    url: `https://www.casasyterrenos.com/${order_num}`,
    order_num,
    output_path: `data/${order_num}.csv`,
    depends_on: null,
    ...more,
  }
}

/** `count` main tasks of one site, in list order. */
export function plannedList(count: number, more: Partial<PlannedTask> = {}): PlannedTask[] {
  return Array.from({ length: count }, (_, at) => planned({ order_num: at + 1, ...more }))
}

export async function everyTask(reads: Reads): Promise<Task[]> {
  return (await reads.tasks({}, { offset: 0, limit: 1_000_000 })).tasks
}

export function start(id: number, from: Task['status'] = 'pending'): Change {
  return {
    type: 'task',
    id,
    from,
    set: { status: 'running', attempts: 1, started_at: '2025-09-16 10:01:00' },
  }
}

/** The change that tests write again and again, each with its own text. */
export function note(id: number, text: string): Change {
  return { type: 'task', id, from: 'pending', set: { status: 'pending', error_message: text } }
}

/** Waits for `condition`, looking at it on every turn of the event loop. */
export async function until(condition: () => boolean | Promise<boolean>, deadlineMs = 10_000): Promise<void> {
  const end = performance.now() + deadlineMs
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not true after ${deadlineMs} ms: ${condition.toString()}`)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Where each record of a journal ends, read by its length fields alone; after the last one come zeroes. */
export function recordEnds(journal: Buffer): number[] {
  const ends: number[] = []
  for (let at = 0; at < journal.length && journal.readUInt32LE(at) > 0;) {
    at += 8 + journal.readUInt32LE(at)
    ends.push(at)
  }
  return ends
}
