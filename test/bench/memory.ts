import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/cli/system-clock.ts'
import { openStore } from '../../src/store/index.ts'
import { resident, seconds, type Figure } from './figure.ts'
import { insertTasks } from './tasks.ts'

const TASKS = 100_000

/** What a database of 100,000 tasks costs the process that owns it. */
export async function measure(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'zafra-bench-'))
  const before = resident()
  const store = await openStore({
    path: join(folder, 'orchestrator.db'),
    backup_dir: join(folder, 'backups'),
    snapshot_interval: 1,
    fsync: 'always',
    clock: systemClock,
  })
  try {
    const insert = await seconds(() => insertTasks(store, TASKS))
    const look = await seconds(async () => {
      for (let each = 0; each < 100; each++) await store.siteQueue('Nov26_01', 'CyT', '2026-11-24 05:00:00')
    })
    return [
      {
        what: `resident memory with ${TASKS.toLocaleString('en')} tasks`,
        measured: `${Math.round(resident())} MiB`,
        baseline: `${Math.round(before)} MiB before`,
        goal: '',
      },
      {
        what: `${TASKS.toLocaleString('en')} tasks written as one batch`,
        measured: `${insert.toFixed(1)} s`,
        baseline: '',
        goal: '',
      },
      {
        what: 'the head of a site’s queue',
        measured: `${(look * 10).toFixed(2)} ms`,
        baseline: '',
        goal: '',
      },
    ]
  } finally {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
}
