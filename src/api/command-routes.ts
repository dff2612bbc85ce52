import { z } from 'zod'
import { tells, tellsWith, type Route } from './route.ts'
import { id, taskFilter, text } from './words.ts'

const named = { id: z.string() }
const rule = { name: z.string() }
const site = z.strictObject({ site: text }).prefault({})

const toBatch = ({ id: batch_id }: { id: string }) => ({ batch_id })
const toTask = (words: { id: number }) => ({ filter: { ids: [words.id] } })

/** In the order in which they are matched: what is fixed before what is named. */
export const COMMAND_ROUTES: readonly Route[] = [
  tellsWith('/batches', 'start_batch', 'starts a batch of the plan', taskFilter.prefault({}), (filter) => ({
    filter,
  })),
  tells('/batches/resume', 'resume_batch', 'goes on with the last batch', {}, () => ({})),
  tells('/batches/:id/resume', 'resume_batch', 'goes on with a batch', named, toBatch),
  tells('/batches/:id/cancel', 'cancel_batch', 'stops every task of a batch and ends it', named, toBatch),
  tellsWith('/tasks/retry', 'retry', 'makes the chosen tasks pending again', taskFilter, (filter) => ({
    filter,
  })),
  tellsWith('/tasks/cancel', 'cancel', 'stops the chosen tasks', taskFilter, (filter) => ({ filter })),
  tellsWith(
    '/tasks/accept',
    'accept',
    'takes the suspect output of the chosen tasks for good',
    taskFilter,
    (filter) => ({ filter }),
  ),
  tells('/tasks/:id/retry', 'retry', 'makes one task pending again', { id }, toTask),
  tells('/tasks/:id/cancel', 'cancel', 'stops one task', { id }, toTask),
  tells('/tasks/:id/accept', 'accept', 'takes the suspect output of one task for good', { id }, toTask),
  tellsWith('/pause', 'pause', 'starts nothing new, at one site or at all', site, (body) => body),
  tellsWith('/unpause', 'unpause', 'lifts a pause', site, (body) => body),
  tells('/drain', 'drain', 'lets what runs end and starts nothing more', {}, () => ({})),
  tells('/backup', 'backup', 'makes a backup of the database now', {}, () => ({})),
  tells(
    '/schedules/:name/run',
    'run_schedule',
    'does now what the rule would do at its next slot',
    rule,
    (words) => words,
  ),
  tells('/schedules/:name/enable', 'enable_schedule', 'enables a rule', rule, ({ name }) => ({
    name,
    enabled: true,
  })),
  tells('/schedules/:name/disable', 'enable_schedule', 'disables a rule', rule, ({ name }) => ({
    name,
    enabled: false,
  })),
]
