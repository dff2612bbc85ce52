import type { Kysely } from 'kysely'
import type { Reads } from '../../domain/store.ts'
import * as attempts from './attempts.ts'
import * as batches from './batches.ts'
import * as queue from './queue.ts'
import * as slots from './slots.ts'
import { stats } from './stats.ts'
import type { Tables } from '../tables.ts'
import * as tasks from './tasks.ts'

export function createReads(db: Kysely<Tables>): Reads {
  return {
    batch: (batch_id) => batches.batch(db, batch_id),
    latestBatch: () => batches.latestBatch(db),
    openBatches: () => batches.openBatches(db),
    batches: (page) => batches.batches(db, page),
    nextExecutionNumber: (month_year) => batches.nextExecutionNumber(db, month_year),
    siteCounts: (batch_id) => batches.siteCounts(db, batch_id),

    task: (id) => tasks.task(db, id),
    tasks: (filter, page) => tasks.tasks(db, filter, page),
    previousOutput: (task) => tasks.previousOutput(db, task),
    meanDurations: (now) => tasks.meanDurations(db, now),

    siteQueue: (batch_id, website, now) => queue.siteQueue(db, batch_id, website, now),
    nextRetryAt: (now) => queue.nextRetryAt(db, now),

    attempts: (task_id) => attempts.attempts(db, task_id),
    lastAttempt: (task_id) => attempts.lastAttempt(db, task_id),
    openAttempts: () => attempts.openAttempts(db),
    recentErrors: (batch_id, limit) => attempts.recentErrors(db, batch_id, limit),

    stats: (of, span) => stats(db, of, span),

    pauses: () => db.selectFrom('pauses').selectAll().orderBy('scope').execute(),
  }
}
    schedules: () => slots.schedules(db),
    slots: (page) => slots.slots(db, page),
    slotsBetween: (schedule, from, to) => slots.slotsBetween(db, schedule, from, to),
    lastSlot: (schedule) => slots.lastSlot(db, schedule),
    queuedSlots: () => slots.queuedSlots(db),

