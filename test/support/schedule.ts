import { sqlTime } from '../../src/domain/clock.ts'
import { SLOT_DECISIONS, type ScheduleView, type Slot } from '../../src/domain/schedule.ts'
import type { Views } from '../../src/domain/query.ts'
import type { SystemView } from '../../src/domain/system.ts'
import { NOW } from './overview.ts'

const DAY_MS = 24 * 3600 * 1000

export function slot(days: number, some: Partial<Slot> = {}): Slot {
  return {
    schedule: 'twice-a-month',
    slot: sqlTime(new Date(NOW.getTime() - days * DAY_MS)),
    decision: 'ran',
    decided_at: sqlTime(new Date(NOW.getTime() - days * DAY_MS)),
    batch_id: 'Aug26_02',
    reason: 'on time',
    ...some,
  }
}

export function rule(some: Partial<ScheduleView> = {}): ScheduleView {
  return {
    name: 'twice-a-month',
    cron: '0 2 1,16 * *',
    time_zone: 'America/Mexico_City',
    filters: {},
    catch_up: 'once',
    max_age: 172_800,
    overlap: 'skip',
    enabled: true,
    next: [1, 2, 3].map((times) => sqlTime(new Date(NOW.getTime() + times * 15 * DAY_MS - 40_000))),
    last: slot(1),
    ...some,
  }
}

/** Two rules and the backups; a ledger in which everything has happened once. */
export function scheduleView(slots = 60): Views['schedule'] {
  const ledger = Array.from({ length: slots }, (_, index) => {
    const decision = SLOT_DECISIONS[index % SLOT_DECISIONS.length] ?? 'ran'
    const batch_id = decision === 'ran' || decision === 'caught_up' ? 'Aug26_02' : null
    return slot(index + 1, { decision, batch_id, reason: `because of ${index + 1}` })
  })
  return {
    schedules: [
      rule(),
      rule({
        name: 'mañanas',
        cron: '30 6 * * 1-5',
        filters: { site: 'Inm24' },
        enabled: false,
        next: [],
        last: null,
        catch_up: 'none',
        overlap: 'queue',
      }),
      rule({ name: 'backup', cron: '0 3 * * *', catch_up: 'once', last: slot(0.2, { batch_id: null }) }),
    ],
    total: ledger.length,
    slots: ledger,
  }
}

export function systemView(some: Partial<SystemView> = {}): SystemView {
  return {
    version: '1.2.3',
    node: '24.21.0',
    uptime_s: 3784,
    clients: 2,
    event_loop: { mean_ms: 0.24, p99_ms: 3.1, max_ms: 28.4 },
    memory_bytes: 131_200_000,
    cpu_percent: 3.42,
    machine: { cpu_percent: 34.2, memory_percent: 61, free_disk_bytes: 120_400_000_000 },
    limits: { max_parallel: 8, max_cpu: 90, max_memory: 90, min_free_disk: 1_000_000_000 },
    database: {
      path: '/srv/cosecha/zafra.db',
      file_bytes: 12_400_000,
      journal_bytes: 340_000,
      schema_version: 7,
      last_snapshot: sqlTime(new Date(NOW.getTime() - 170_000)),
      last_snapshot_ms: 112.4,
      last_backup: sqlTime(new Date(NOW.getTime() - 20 * 3600_000)),
      tasks: 5265,
      batches: 3,
    },
    socket: '/srv/cosecha/.zafra/engine.sock',
    ...some,
  }
}
