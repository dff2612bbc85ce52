import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { systemClock } from '../../src/cli/system-clock.ts'
import type { TaskSort } from '../../src/domain/task-sort.ts'
import type { Change } from '../../src/domain/store.ts'
import { createFailures } from '../../src/engine/failures.ts'
import { createLists, type Lists } from '../../src/engine/list/lists.ts'
import { openStore, type OpenStore } from '../../src/store/index.ts'
import { median, resident, seconds, type Figure } from './figure.ts'

const TASKS = 100_000
export const BATCH = 'Nov26_01'
const SITES = ['CyT', 'Inm24', 'Lam', 'Mit', 'Prop', 'Tro']
const CITIES = ['Gdl', 'Zap', 'Ton', 'Tlaj', 'Slt']
const PRODUCTS = ['Cas', 'Dep', 'Ter', 'Bod', 'Ofi']
const TYPED = [
  'guadalajara',
  'zuñiga',
  'departamentos',
  'anuncios',
  '!venta',
  '~inmgdlcas',
  'status:failed',
  'rows:<10',
]
const SORTS: TaskSort['by'][] = [
  'website',
  'city',
  'status',
  'attempts',
  'started_at',
  'data_records_extracted',
  'minutes',
]
const BY_ID: TaskSort = { by: 'id', descending: false }
const PAGE = { offset: 0, limit: 60 }

/** Searching, sorting and turning pages in a batch of 100,000 tasks. */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zafra-bench-'))
  const store = await openStore({
    path: join(folder, 'orchestrator.db'),
    backup_dir: join(folder, 'backups'),
    snapshot_interval: 3600,
    fsync: 'never',
    clock: systemClock,
  })
  try {
    await fill(store)
    const lists = createLists({ reads: store, clock: systemClock, failures: createFailures(store) })
    return [await reading(lists), ...(await asking(lists)), ...(await changing(lists))]
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function reading(lists: Lists): Promise<Figure> {
  const before = resident()
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const read = await seconds(() => lists.page({ batch: BATCH, search: 'x' }, { sort: BY_ID, ...PAGE }))
  delay.disable()
  const stall = Math.max(delay.max / 1e6 - 1, 0)
  return {
    what: 'first search: the list is read; longest stall meanwhile',
    measured: `${stall.toFixed(0)} ms`,
    baseline: `${(1000 * read).toFixed(0)} ms in all, ${Math.round(resident() - before)} MiB`,
    goal: '≤ 50 ms',
  }
}

async function asking(lists: Lists): Promise<Figure[]> {
  const keys: number[] = []
  for (const word of TYPED) {
    for (let length = 1; length <= word.length; length++) {
      const filter = { batch: BATCH, search: word.slice(0, length) }
      keys.push(await milliseconds(() => lists.page(filter, { sort: BY_ID, ...PAGE }).catch(() => {})))
    }
  }
  const sorts: number[] = []
  for (const by of SORTS) {
    for (const descending of [false, true]) {
      sorts.push(
        await milliseconds(() => lists.page({ batch: BATCH }, { sort: { by, descending }, ...PAGE })),
      )
    }
  }
  const last = { sort: BY_ID, offset: TASKS - 60, limit: 60, find: TASKS - 5 }
  await lists.page({ batch: BATCH }, last)
  const ends = await milliseconds(() => lists.page({ batch: BATCH }, last))
  return [
    figure('search per key typed, median and longest', keys, '≤ 10 ms'),
    figure('sort by a column, median and longest', sorts, '≤ 15 ms'),
    { what: 'jump to the end', measured: `${ends.toFixed(2)} ms`, baseline: '', goal: '' },
  ]
}

/** With a search and a sort on the screen. */
async function changing(lists: Lists): Promise<Figure[]> {
  const ask = () =>
    lists.page(
      { batch: BATCH, search: '!bodegas' },
      { sort: { by: 'status', descending: true }, ...PAGE, find: 77 },
    )
  await ask()
  const times: number[] = []
  for (let id = 1; id < TASKS; id += 997) {
    times.push(
      await milliseconds(async () => {
        lists.hear([{ type: 'task', id, from: 'pending', set: { status: id % 2 ? 'running' : 'retrying' } }])
        await ask()
      }),
    )
  }
  return [figure('a task changes and the page is asked for again', times, '≤ 1 ms')]
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  return 1000 * (await seconds(work))
}

function figure(what: string, times: readonly number[], goal: string): Figure {
  const measured = [median(times), Math.max(...times)].map((time) => time.toFixed(1)).join(' / ')
  return { what, measured: `${measured} ms`, baseline: '', goal }
}

/** Writes a batch of 100,000 tasks, most of them done. */
export async function fill(store: OpenStore): Promise<void> {
  const batch = {
    batch_id: BATCH,
    month_year: 'Nov26',
    execution_number: 1,
    started_at: '2026-11-24 05:00:00',
    estimated_duration_minutes: 1,
  }
  const pick = (from: readonly string[], at: number) => from[at % from.length]!
  const tasks = Array.from({ length: TASKS }, (_, at) => ({
    scraper_name: pick(SITES, at).toLowerCase(),
    website: pick(SITES, at),
    city: pick(CITIES, at >> 3),
    operation: at % 3 ? 'Ven' : 'Ren',
    product: pick(PRODUCTS, at >> 5),
    variant: at + 1,
    url: `https://www.inmuebles24.com/departamentos-en-venta-en-guadalajara-${at}-pagina-2.html?sort=precio`,
    order_num: at + 1,
    output_path: `data/${at}.csv`,
    depends_on: null,
  }))
  await store.insertBatch(batch, tasks, 3)
  await store.commit(Array.from({ length: 60 }, (_, group) => ended(group)))
}

/** What became of every hundredth task. */
function ended(group: number): Change {
  const ids = Array.from({ length: TASKS / 100 }, (_, at) => at * 100 + group + 1)
  const times = {
    started_at: `2026-11-24 05:${10 + (group % 40)}:00`,
    completed_at: `2026-11-24 06:${10 + (group % 50)}:30`,
  }
  const set =
    group < 45
      ? ({ status: 'completed', attempts: 1, data_records_extracted: group * 7, ...times } as const)
      : ({
          status: 'permanently_failed',
          attempts: 3,
          error_class: 'blocked',
          error_message: `página ${group} sin anuncios: bloqueado en Tlajomulco de Zuñiga`,
          ...times,
        } as const)
  return { type: 'tasks', filter: { ids }, from: 'pending', set }
}
