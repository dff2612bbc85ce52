import { z } from 'zod'
import { tells, tellsWith, type Route } from './route.ts'
import { id, taskFilter, text } from './words.ts'

const named = { id: z.string() }
const rule = { name: z.string() }
const site = z.strictObject({ site: text }).prefault({})

/** In the order in which they are matched: what is fixed before what is named. */
export const COMMAND_ROUTES: readonly Route[] = [
  tellsWith('/batches', 'starts a batch of the plan', taskFilter.prefault({}), (filter) => ({
    type: 'start_batch',
    filter,
  })),
  tells('/batches/resume', 'goes on with the last batch', {}, () => ({ type: 'resume_batch' })),
  tells('/batches/:id/resume', 'goes on with a batch', named, (words) => ({
    type: 'resume_batch',
    batch_id: words.id,
  })),
  tells('/batches/:id/cancel', 'stops every task of a batch and ends it', named, (words) => ({
    type: 'cancel_batch',
    batch_id: words.id,
  })),
  tellsWith('/tasks/retry', 'makes the chosen tasks pending again', taskFilter, (filter) => ({
    type: 'retry',
    filter,
  })),
  tellsWith('/tasks/cancel', 'stops the chosen tasks', taskFilter, (filter) => ({ type: 'cancel', filter })),
  tellsWith(
    '/tasks/accept',
    'takes the suspect output of the chosen tasks for good',
    taskFilter,
    (filter) => ({
      type: 'accept',
      filter,
    }),
  ),
  tells('/tasks/:id/retry', 'makes one task pending again', { id }, (words) => ({
    type: 'retry',
    filter: { ids: [words.id] },
  })),
  tells('/tasks/:id/cancel', 'stops one task', { id }, (words) => ({
    type: 'cancel',
    filter: { ids: [words.id] },
  })),
  tells('/tasks/:id/accept', 'takes the suspect output of one task for good', { id }, (words) => ({
    type: 'accept',
    filter: { ids: [words.id] },
  })),
  tellsWith('/pause', 'starts nothing new, at one site or at all', site, (body) => ({
    type: 'pause',
    ...body,
  })),
  tellsWith('/unpause', 'lifts a pause', site, (body) => ({ type: 'unpause', ...body })),
  tells('/drain', 'lets what runs end and starts nothing more', {}, () => ({ type: 'drain' })),
  tells('/backup', 'makes a backup of the database now', {}, () => ({ type: 'backup' })),
  tells('/schedules/:name/run', 'does now what the rule would do at its next slot', rule, (words) => ({
    type: 'run_schedule',
    ...words,
  })),
  tells('/schedules/:name/enable', 'enables a rule', rule, (words) => ({
    type: 'enable_schedule',
    enabled: true,
    ...words,
  })),
  tells('/schedules/:name/disable', 'disables a rule', rule, (words) => ({
    type: 'enable_schedule',
    enabled: false,
    ...words,
  })),
]
