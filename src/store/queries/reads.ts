import type { Kysely } from 'kysely'
import type { Reads } from '../../domain/store.ts'
import * as attempts from './attempts.ts'
import * as batches from './batches.ts'
import * as checks from './checks.ts'
import * as diff from './diff.ts'
import * as digest from './digest.ts'
import * as outbox from './outbox.ts'
import * as queue from './queue.ts'
import * as slots from './slots.ts'
import { stats } from './stats.ts'
import type { Tables } from '../tables.ts'
import * as tasks from './tasks.ts'

/** All but what only the file itself can say. */
export function createReads(db: Kysely<Tables>): Omit<Reads, 'database'> {
  return {
    batch: (batch_id) => batches.batch(db, batch_id),
    latestBatch: () => batches.latestBatch(db),
    openBatches: () => batches.openBatches(db),
    batches: (page) => batches.batches(db, page),
    nextExecutionNumber: (month_year) => batches.nextExecutionNumber(db, month_year),
    completedBefore: (started_at) => batches.completedBefore(db, started_at),
    batchRows: (batch_ids) => batches.batchRows(db, batch_ids),
    outputCounts: (batch_ids) => batches.outputCounts(db, batch_ids),
    suspectBatches: (limit) => batches.suspectBatches(db, limit),
    askedOf: (batch_id) => batches.askedOf(db, batch_id),
    suspects: (ids) => checks.suspects(db, ids),
    siteCounts: (batch_id) => batches.siteCounts(db, batch_id),
    absentSites: (batch_id) => batches.absentSites(db, batch_id),

    task: (id) => tasks.task(db, id),
    details: (task_id) => tasks.details(db, task_id),
    tasks: (filter, page) => tasks.tasks(db, filter, page),
    taskIds: (filter) => tasks.taskIds(db, filter),
    listedTasks: (filter, page) => tasks.listedTasks(db, filter, page),
    previousOutput: (task) => tasks.previousOutput(db, task),
    pastOutputs: (task) => checks.pastOutputs(db, task),
    doubtful: (batch_id, page) => checks.doubtful(db, batch_id, page),
    verdictCounts: (batch_id) => checks.verdictCounts(db, batch_id),
    diffPairs: (slice) => diff.diffPairs(db, slice),
    diffSweeps: (of, from, to) => diff.diffSweeps(db, of, from, to),
    meanDurations: (now) => tasks.meanDurations(db, now),

    siteQueue: (batch_id, website, now) => queue.siteQueue(db, batch_id, website, now),
    nextRetryAt: (now) => queue.nextRetryAt(db, now),

    attempts: (task_id) => attempts.attempts(db, task_id),
    lastAttempt: (task_id) => attempts.lastAttempt(db, task_id),
    openAttempts: () => attempts.openAttempts(db),
    failures: (batch_id, page) => attempts.failures(db, batch_id, page),
    recentErrors: (batch_id, limit) => attempts.recentErrors(db, batch_id, limit),

    stats: (of, span) => stats(db, of, span),

    schedules: () => slots.schedules(db),
    slots: (page) => slots.slots(db, page),
    slotsBetween: (schedule, from, to) => slots.slotsBetween(db, schedule, from, to),
    lastSlot: (schedule) => slots.lastSlot(db, schedule),
    queuedSlots: () => slots.queuedSlots(db),

    queuedChannels: () => outbox.queuedChannels(db),
    nextDelivery: (channel) => outbox.nextDelivery(db, channel),
    toldAlerts: () => outbox.toldAlerts(db),
    outbox: (limit, state) => outbox.entries(db, limit, state),

    longestTasks: (batch_id, limit) => digest.longestTasks(db, batch_id, limit),
    mendedTasks: (batch_id, limit) => digest.mendedTasks(db, batch_id, limit),

    pauses: () => db.selectFrom('pauses').selectAll().orderBy('scope').execute(),
    waits: () => db.selectFrom('site_waits').selectAll().orderBy('site').execute(),
  }
}
