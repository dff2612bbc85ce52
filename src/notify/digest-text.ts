import { suspectText } from '../domain/suspect.ts'
import type { Digest } from '../domain/digest.ts'
import { absentText } from '../domain/plan.ts'
import { TASK_STATUSES } from '../domain/task.ts'
import { change, duration, many, name } from './words.ts'

/** A digest for a person; foreign text is still to pass `safe`. */
export function digestLines(digest: Digest): string[] {
  return [
    ...summary(digest),
    ...section('Not in this batch', digest.absent_sites.map(absentText)),
    ...section('Suspect outputs', suspects(digest)),
    ...section('Failures', failures(digest)),
    ...section('Sites', digest.sites.map(siteLine)),
    ...section(
      'Longest',
      digest.longest.map((task) => `${duration(task.seconds)}  ${name(task)}  task ${task.task_id}`),
    ),
    ...section('Checks of the data', digest.findings),
    ...section('Against the batch before', digest.diff),
  ]
}

function summary({ counts, recovered, rows, seconds, previous, started_at, ended_at }: Digest): string[] {
  const told = TASK_STATUSES.filter((status) => counts[status] > 0).map(
    (status) => `${counts[status]} ${status.replace('_', ' ')}`,
  )
  if (recovered > 0) told.push(`${recovered} recovered after a failure`)
  const own = [
    `${started_at} to ${ended_at} UTC, ${duration(seconds)}`,
    told.join(', '),
    many(rows, 'data row'),
  ]
  if (!previous) return own
  const before = [
    previous.seconds === null ? '' : `${duration(previous.seconds)} (${change(seconds, previous.seconds)})`,
    `${previous.completed_tasks} completed`,
    [many(previous.rows, 'data row'), bracketed(change(rows, previous.rows))].filter(Boolean).join(' '),
  ]
  return [...own, `before, ${previous.batch_id}: ${before.filter(Boolean).join(', ')}`]
}

function suspects({ batch_id, suspect, incomplete }: Digest): string[] {
  const next = `zafra check ${batch_id} says why; zafra accept --batch ${batch_id} takes them`
  return [
    ...(suspect.length > 0 ? [suspectText({ batch_id, sites: suspect }), next] : []),
    ...(incomplete > 0 ? [`${many(incomplete, 'output')} incomplete, as their scrapers say`] : []),
  ]
}

function failures({ failures: groups, further_failures }: Digest): string[] {
  const told = groups.map(
    ({ tasks, error_class, message, sites, task_id }) =>
      `${tasks} x ${error_class}: ${message}  [${sites.join(', ')}; task ${task_id}]`,
  )
  return further_failures > 0 ? [...told, `and ${many(further_failures, 'task')} with other messages`] : told
}

function siteLine({ site, completed, failed, skipped, rows }: Digest['sites'][number]): string {
  const left_out = skipped > 0 ? `, ${skipped} skipped` : ''
  return `${site}: ${completed} completed, ${failed} failed${left_out}, ${many(rows, 'data row')}`
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${heading}:`, ...lines.map((line) => `  ${line}`)]
}

function bracketed(text: string): string {
  return text === '' ? '' : `(${text})`
}
