import { cp, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { DatabaseSync } from 'node:sqlite'
import { systemClock } from '../../src/cli/system-clock.ts'
import type { Change } from '../../src/domain/store.ts'
import { openStore, type OpenStore } from '../../src/store/index.ts'
import { median, resident, seconds, type Figure } from './figure.ts'
import { insertTasks } from './tasks.ts'

const TRANSITIONS = 3_200
const FEW = 1_000
const MANY = 1_000_000
/** 100 MB as a file. */
const BIG = 230_000
/** Bytes of journal at the time of the kill. */
const FULL_JOURNAL = 8_000_000
const ROUNDS = 3

/** How durable writes compare with SQLite's own, and what a large database costs. */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zafra-bench-'))
  try {
    return [...(await transitions(folder)), ...(await atSize(folder)), ...(await big(folder))]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function open(folder: string, name: string, snapshot_interval = 3_600): Promise<OpenStore> {
  return openStore({
    path: join(folder, name, 'orchestrator.db'),
    backup_dir: join(folder, name, 'backups'),
    snapshot_interval,
    fsync: 'always',
    clock: systemClock,
  })
}

/** One task starts and is put back, again and again: each is one durable commit. */
function flip(id: number, at: number): Change[] {
  return at % 2 === 0
    ? [
        {
          type: 'task',
          id,
          from: 'pending',
          set: { status: 'running', attempts: 1, started_at: '2026-11-24 05:00:00' },
        },
      ]
    : [{ type: 'task', id, from: 'running', set: { status: 'pending', attempts: 0, started_at: null } }]
}

async function transitions(folder: string): Promise<Figure[]> {
  const store = await open(folder, 'transitions')
  await insertTasks(store, FEW)
  const reference = await referenceDatabase(folder)
  const ratios: { callers: number; own: number; theirs: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const callers of [1, 16]) {
      const theirs = TRANSITIONS / (await seconds(() => reference.run(TRANSITIONS)))
      const own = TRANSITIONS / (await seconds(() => run(store, callers)))
      ratios.push({ callers, own, theirs })
    }
  }
  await store.close()
  reference.close()
  return [1, 16].map((callers) => {
    const rounds = ratios.filter((each) => each.callers === callers)
    const ratio = median(rounds.map(({ own, theirs }) => own / theirs))
    return {
      what: `durable transitions, ${callers === 1 ? 'one caller after another' : `${callers} at once`}`,
      measured: `${ratio.toFixed(2)} x`,
      baseline: `${perSecond(rounds, 'own')} against ${perSecond(rounds, 'theirs')} /s of node:sqlite`,
      goal: '>= 1.0',
    }
  })
}

function perSecond(rounds: readonly { own: number; theirs: number }[], of: 'own' | 'theirs'): number {
  return Math.round(median(rounds.map((each) => each[of])))
}

async function run(store: OpenStore, callers: number): Promise<void> {
  const each = TRANSITIONS / callers
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let at = 0; at < each; at++) await store.commit(flip(caller + 1, at))
    }),
  )
}

/** The same updates of the same tables, indexes and triggers by node:sqlite: WAL, synchronous=FULL, one commit each. */
async function referenceDatabase(
  folder: string,
): Promise<{ run(count: number): Promise<void>; close(): void }> {
  const made = await open(folder, 'reference')
  await insertTasks(made, FEW)
  await made.close()
  const db = new DatabaseSync(join(folder, 'reference', 'orchestrator.db'))
  db.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL')
  const update = db.prepare(
    'UPDATE scraping_tasks SET status = ?, attempts = ?, started_at = ? WHERE id = ? AND status = ?',
  )
  return {
    async run(count) {
      for (let at = 0; at < count; at++) {
        db.exec('BEGIN IMMEDIATE')
        if (at % 2 === 0) update.run('running', 1, '2026-11-24 05:00:00', 1, 'pending')
        else update.run('pending', 0, null, 1, 'running')
        db.exec('COMMIT')
      }
    },
    close: () => db.close(),
  }
}

async function atSize(folder: string): Promise<Figure[]> {
  const few = await open(folder, 'few')
  await insertTasks(few, FEW)
  const many = await open(folder, 'many')
  await insertTasks(many, MANY)
  const latencies = { few: [] as number[], many: [] as number[] }
  for (let at = 0; at < 1_000; at++) {
    latencies.few.push(await seconds(() => few.commit(flip(FEW / 2, at))))
    latencies.many.push(await seconds(() => many.commit(flip(MANY / 2, at))))
  }
  const memory = resident()
  await few.close()
  await many.close()
  const [own, base] = [median(latencies.many) * 1000, median(latencies.few) * 1000]
  return [
    {
      what: `one transition with ${MANY.toLocaleString('en')} tasks, median`,
      measured: `${(own / base).toFixed(2)} x`,
      baseline: `${own.toFixed(2)} ms against ${base.toFixed(2)} ms with ${FEW.toLocaleString('en')}`,
      goal: '<= 1.2',
    },
    {
      what: `resident memory with ${MANY.toLocaleString('en')} tasks`,
      measured: `${Math.round(memory)} MiB`,
      baseline: '',
      goal: '',
    },
  ]
}

async function big(folder: string): Promise<Figure[]> {
  const store = await open(folder, 'big', 1)
  await insertTasks(store, BIG)
  const path = join(folder, 'big', 'orchestrator.db')
  await until(async () => (await store.status()).journal_bytes === 0)
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  await store.commit(flip(1, 0))
  await until(async () => (await store.status()).journal_bytes === 0)
  delay.disable()
  await store.close()
  const { size } = await stat(path)
  const again = await open(folder, 'big')
  while ((await again.status()).journal_bytes < FULL_JOURNAL) {
    for (let at = 0; at < 500; at++) await again.commit(flip(2, at))
  }
  return [
    {
      what: `event loop held up by a snapshot of ${Math.round(size / 1e6)} MB`,
      measured: `${Math.round(delay.max / 1e6)} ms`,
      baseline: '',
      goal: '<= 150 ms',
    },
    ...(await recovery(folder, again)),
  ]
}

async function recovery(folder: string, killed: OpenStore): Promise<Figure[]> {
  await cp(join(folder, 'big'), join(folder, 'killed'), { recursive: true })
  const { journal_bytes } = await killed.status()
  let again: OpenStore | undefined
  const took = await seconds(async () => {
    again = await open(folder, 'killed')
  })
  await again?.close()
  await killed.close()
  return [
    {
      what: `recovery with ${(journal_bytes / 1e6).toFixed(0)} MB of journal`,
      measured: `${took.toFixed(1)} s`,
      baseline: '',
      goal: '<= 3 s',
    },
  ]
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}
