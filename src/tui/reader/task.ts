import { parseSqlTime } from '../../domain/clock.ts'
import type { Attempt } from '../../domain/attempt.ts'
import { isMended } from '../../domain/check.ts'
import type { Views } from '../../domain/query.ts'
import type { Task, TaskStatus } from '../../domain/task.ts'
import { count, plural, taskName } from '../format.ts'
import { runningSentence } from './overview.ts'
import { sentence, spokenDuration } from './words.ts'

/** A task and each of its attempts, a sentence a line. */
export function taskSentences({ task, attempts, running }: Views['task'], now: Date): string[] {
  return [
    taskSentence(task),
    ...(running ? [runningSentence(running, now)] : []),
    ...attempts.map((attempt) => attemptSentence(attempt, task.status)),
    sentence(`its output is ${task.output_path}`),
  ]
}

/** `Task 105, Inm24 Gdl Ven Dep, is completed: 351 rows, 1 of 3 attempts used.` */
export function taskSentence(task: Task): string {
  const { id, website, status, data_records_extracted, attempts, max_attempts, error_message } = task
  const rows = status === 'completed' ? ` ${plural(data_records_extracted, 'row')},` : ''
  const why = error_message === null || status === 'completed' ? '' : ` ${error_message},`
  const state = [status.replace('_', ' '), ...outputWords(task)].join(', ')
  return `Task ${id}, ${website} ${taskName(task)}, is ${state}:${rows}${why} ${attempts} of ${plural(max_attempts, 'attempt')} used.`
}

function outputWords({ output_check, output_complete }: Task): string[] {
  return [
    ...(output_check === 'suspect' ? ['its output is suspect and waits to be accepted'] : []),
    ...(output_check === 'accepted' ? ['its suspect output is accepted'] : []),
    ...(output_complete === false ? ['its output is incomplete'] : []),
  ]
}

function attemptSentence({ number, outcome, started_at, ended_at, ...attempt }: Attempt, status: TaskStatus) {
  if (ended_at === null) return `Attempt ${number} is running.`
  const took = (parseSqlTime(ended_at).getTime() - parseSqlTime(started_at).getTime()) / 1000
  const parts = [
    `attempt ${number} ${outcome ?? 'ended'} after ${spokenDuration(took)}`,
    ...(attempt.rows === null ? [] : [`${count(attempt.rows)} rows`]),
    ...(attempt.error_class === null ? [] : [`${attempt.error_class}: ${attempt.error_message ?? ''}`]),
    ...(attempt.verdict === null ? [] : [`the checks call its output ${attempt.verdict}`]),
    ...(isMended(attempt.verdict, status) ? ['mended later'] : []),
    ...attempt.findings.map(({ message }) => message),
  ]
  return sentence(parts.join(', '))
}
