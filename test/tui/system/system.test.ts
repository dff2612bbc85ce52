import { describe, expect, test } from 'vitest'
import type { Alert } from '../../../src/domain/query.ts'
import type { SystemView } from '../../../src/domain/system.ts'
import { batchView, busyOverview, counts, overview } from '../../support/overview.ts'
import { systemView } from '../../support/schedule.ts'
import { openSession } from '../../support/tui-session.ts'

async function open(
  some: Partial<SystemView> = {},
  shown = busyOverview(),
  size = { columns: 120, rows: 40 },
) {
  const opened = await openSession(shown, size)
  opened.engine.answers.system = systemView(some)
  await opened.press('7')
  await opened.rest()
  return opened
}

describe('what it shows', () => {
  test('who works, since when, and who listens', async () => {
    const { screen } = await open()
    expect(screen()).toMatch(
      /State +● running {3}pid 4711 {3}since .*, for 1h 03m {3}Zafra 1\.2\.3, Node 24\.21\.0/,
    )
    expect(screen()).toMatch(/Listening +2 sessions {3}on \/srv\/cosecha\/\.zafra\/engine\.sock/)
    expect(screen()).toContain('ends the engine; one that stays: `zafra daemon start`')
  })

  test('an engine of another process, and one that nobody can attach to', async () => {
    const shown = busyOverview()
    shown.engine.closing_stops_work = false
    const { screen } = await open({ clients: 1, socket: null }, shown)
    expect(screen()).toContain('ends nothing: the engine is another process')
    expect(screen()).toMatch(/Listening +1 session {3}no socket: no other session can attach/)
  })

  test('the machine against its limits', async () => {
    const { screen } = await open()
    expect(screen()).toMatch(/Machine CPU +━+─+ +34% {2}limit 90%/)
    expect(screen()).toMatch(/Machine memory +━+─+ +61% {2}limit 90%/)
    expect(screen()).toMatch(/Free disk +120\.4 GB {3}nothing new starts below 1\.0 GB/)
    expect(screen()).toMatch(/Running tasks +━+─+ +4 {2}of 8 at once/)
    expect(screen()).toMatch(/Engine itself +3\.4% of a processor {3}131\.2 MB/)
    expect(screen()).toMatch(/Event loop +p99 3\.1 ms late {3}mean 0\.2 ms {3}longest 28 ms/)
  })

  test('a machine that does not tell, and limits that are none', async () => {
    const limits = { max_parallel: 8, max_cpu: 100, max_memory: 100, min_free_disk: 0 }
    expect((await open({ machine: null })).screen()).toContain('it does not tell how busy it is')
    const { screen } = await open({ limits })
    expect(screen()).toMatch(/Machine CPU .* 34% {2}no limit/)
    expect(screen()).not.toContain('nothing new starts below')
  })

  test('the database and the age of its copies', async () => {
    const { screen } = await open()
    expect(screen()).toMatch(
      /File +12\.4 MB {3}5,265 tasks in 3 batches {3}schema 7 {3}\/srv\/cosecha\/zafra\.db/,
    )
    expect(screen()).toMatch(/Journal +340\.0 kB/)
    expect(screen()).toMatch(/Snapshot +2m ago {3}took 112 ms/)
    expect(screen()).toMatch(/Backup +20h ago/)
  })

  test('a database without copies says how to make one', async () => {
    const database = {
      ...systemView().database,
      last_backup: null,
      last_snapshot: null,
      last_snapshot_ms: null,
    }
    const { screen } = await open({ database })
    expect(screen()).toContain('none yet: B makes one')
  })

  test('what needs the operator, with what to do about it', async () => {
    const alerts: Alert[] = [
      { code: 'disk', message: 'nothing new starts: 12 MiB of disk free, the floor is 500 MiB' },
      { code: 'backup', message: `the last backup was not made: ${'a long reason '.repeat(8)}` },
    ]
    const { screen } = await open({}, overview({ alerts }), { columns: 60, rows: 30 })
    expect(screen()).toContain('▲ nothing new starts: 12 MiB of disk free')
    expect(screen()).toMatch(/zafra logs prune/)
    expect(screen()).toContain('B tries again; look at database.backup_dir of')
    expect((await open({}, overview())).screen()).toContain('✓ nothing needs you')
    const batch = batchView({ counts: counts({ failed: 1, permanently_failed: 2 }) })
    const failed = (await open({}, overview({ batch }))).screen()
    expect(failed).toMatch(/▲ 3 tasks failed for good +│\n│ +3 shows why; R tries them again there\./)
    expect(failed).not.toContain('nothing needs you')
  })

  test('asks again every two seconds though nothing happens, and only while it is in front', async () => {
    const { engine, screen, pass, press, rest } = await open()
    engine.answers.system = systemView({ cpu_percent: 77 })
    await pass(2000)
    await rest()
    expect(screen()).toContain('77.0% of a processor')
    await press('1')
    const asked = engine.queries.length
    await pass(10_000)
    expect(engine.queries).toHaveLength(asked)
  })

  test('a small window scrolls to the end and no further', async () => {
    const { screen, press } = await open({}, busyOverview(), { columns: 60, rows: 15 })
    expect(screen()).toContain('1-12 of 22')
    expect(screen()).not.toContain('Backup  ')
    await press('G', 'j', 'pgdn')
    expect(screen()).toContain('11-22 of 22')
    expect(screen()).toContain('20h ago')
    await press('k')
    expect(screen()).toContain('10-21 of 22')
  })
})

describe('acting', () => {
  test('B makes a backup and says where it is', async () => {
    const { engine, press, screen } = await open()
    engine.answer = { path: 'backups/zafra-1.db', bytes: 12_400_000 }
    await press('B')
    expect(engine.commands).toEqual([{ type: 'backup' }])
    expect(screen()).toContain('Backup written: backups/zafra-1.db, 12.4 MB')
  })

  test('d asks before it drains, and says why there is nothing to drain', async () => {
    const { engine, press } = await open()
    engine.answer = { running: 4 }
    await press('d', 'enter', 'd', 'y')
    expect(engine.commands).toEqual([{ type: 'drain' }])
    const { engine: own } = busyOverview()
    const idle = await open({}, overview({ engine: { ...own, state: 'idle' } }))
    await idle.press('d')
    expect(idle.screen()).toContain('the engine is idle')
  })

  test('P holds everything up and lets it go on', async () => {
    const { engine, press } = await open()
    await press('P')
    expect(engine.commands).toEqual([{ type: 'pause' }])
  })

  test('y copies pid, database or socket', async () => {
    const { press, copied } = await open()
    await press('y', 's', 'y', 'd', 'y', 'p')
    expect(copied).toEqual(['/srv/cosecha/.zafra/engine.sock', '/srv/cosecha/zafra.db', '4711'])
  })
})
