import { join, relative, resolve } from 'node:path'
import { sqlTime, sqlTimeMs } from '../domain/clock.ts'
import { reason, ZafraError } from '../domain/error.ts'
import { logPath } from '../domain/paths.ts'
import type { Progress, RunningTask } from '../domain/query.ts'
import type { AttemptResult, AttemptSpec } from '../domain/runner.ts'
import type { Change } from '../domain/store.ts'
import { transition, type Task, type TaskStatus } from '../domain/task.ts'
import type { Core, Running } from './core.ts'
import { skipDetails, type DetailStep } from './details.ts'
import { attemptEnd, judge } from './judge.ts'
import { tellOfDoubt, tellOfEnd, tellOfPauses } from './notify.ts'
import { runningTask } from './running-task.ts'
import { pauseStep } from './site-pause.ts'
import { waitStep } from './site-wait.ts'
import { untilWritten } from './storage.ts'

/** Starts one attempt of each task: first written down, all in one commit, then spawned. Inside the turn. */
export async function startAttempts(core: Core, tasks: readonly Task[]): Promise<void> {
  const now = core.clock.now()
  const starting: { task: Task; spec: AttemptSpec }[] = []
  const changes: Change[] = []
  for (const task of tasks) {
    const set = transition(task, { type: 'start', at: sqlTime(now) })
    if (!set) continue
    const started: Task = { ...task, ...set }
    const spec = await attemptSpec(core, started)
    const { number, tag } = spec
    const log_path = relative(core.config.workspace, spec.log_file)
    changes.push({ type: 'task', id: task.id, from: task.status, set })
    changes.push({
      type: 'attempt_started',
      attempt: { task_id: task.id, number, tag, started_at: sqlTimeMs(now), log_path },
    })
    starting.push({ task: started, spec })
  }
  await core.store.commit(changes)
  for (const { task, spec } of starting) spawn(core, task, spec, now)
}

async function attemptSpec(core: Core, task: Task): Promise<AttemptSpec> {
  const { config, store, runner } = core
  const number = ((await store.lastAttempt(task.id))?.number ?? 0) + 1
  const main = task.depends_on === null ? undefined : await store.task(task.depends_on)
  const previous = await store.previousOutput(task)
  const history = await store.pastOutputs(task)
  const feedsDetail = config.sites[task.website]?.detail_scraper != null
  const inWorkspace = (path: string) => resolve(config.workspace, path)
  return {
    task,
    number,
    tag: `${runner.tagPrefix}${task.execution_batch}/${task.id}/${number}`,
    mode: main ? 'detail' : feedsDetail ? 'url' : 'full',
    output_file: inWorkspace(task.output_path),
    url_list_file: main ? inWorkspace(main.output_path) : null,
    previous_file: previous === undefined ? null : inWorkspace(previous),
    history,
    log_file: join(config.paths.logs, logPath(task.execution_batch, task.id, number)),
  }
}

function spawn(core: Core, task: Task, spec: AttemptSpec, startedAt: Date): void {
  const { live, publisher, runner } = core
  const show = (news: Partial<RunningTask>) => {
    const running = live.running.get(task.id)
    if (!running) return
    running.view = { ...running.view, ...news }
    publisher.publish({ type: 'progress', running: running.view })
  }
  const hear = (progress: Progress) => show({ progress, progress_at: sqlTimeMs(core.clock.now()) })
  const attempt = runner.start(spec, hear, show)
  const view = runningTask(task, spec.number, sqlTimeMs(startedAt))
  const running: Running = { task, number: spec.number, view, attempt, ended: Promise.resolve() }
  live.running.set(task.id, running)
  live.starts += 1
  live.lastStart.set(task.website, live.starts)
  running.ended = attempt.done.then((result) => endAttempt(core, running, result))
  publisher.publish({ type: 'task', task })
}

/** Asks a running attempt to stop; `running.ended` tells when nothing of it is left. */
export function stopAttempt(core: Core, running: Running, why: 'cancel' | 'shutdown'): void {
  running.view = { ...running.view, cancelling: true }
  core.publisher.publish({ type: 'progress', running: running.view })
  running.attempt.stop(why)
}

async function endAttempt(core: Core, running: Running, result: AttemptResult): Promise<void> {
  const { live, publisher } = core
  try {
    const [ended, ...skipped] = await untilWritten(core, () =>
      core.turn(() => commitEnd(core, running, result)),
    )
    live.running.delete(ended.id)
    for (const task of [ended, ...skipped]) publisher.publish({ type: 'task', task })
  } catch (error) {
    // Nothing is lost: the attempt has no end in the database, so the next start finds it interrupted.
    live.running.delete(running.task.id)
    live.alerts.set('storage', {
      code: 'storage',
      message: `the end of task ${running.task.id} could not be written: ${reason(error)}`,
    })
    publisher.publish({ type: 'engine' })
  }
  core.kick()
}

/** Returns the task, and the detail tasks that are skipped because of it. */
async function commitEnd(core: Core, running: Running, result: AttemptResult): Promise<[Task, ...Task[]]> {
  const { task, number } = running
  const now = core.clock.now()
  const held = (await core.store.batch(task.execution_batch))?.status !== 'running'
  const waiting = waitStep(core, task.website, result, now)
  const not_before = retryNotBefore(core, task.website, waiting.changes)
  const { config, random } = core
  const event = judge(task, result, { now, policy: config.execution, random, held, not_before })
  const set = transition(task, event)
  if (!set) throw new ZafraError('internal', `task ${task.id} cannot ${event.type} from ${task.status}`)
  const changes: Change[] = [
    { type: 'attempt_ended', task_id: task.id, number, end: attemptEnd(result, now) },
    { type: 'task', id: task.id, from: 'running', set },
  ]
  // On a doubtful list nothing is built before the operator accepts it.
  const sound = set.status === 'completed' && result.checked?.verdict !== 'suspect'
  if (sound) changes.push({ type: 'dependents_ready', task_ids: [task.id] })
  const ended: Task = { ...task, ...set }
  const details = !sound && ENDS.has(set.status) ? await skipDetails(core, ended) : NO_DETAILS
  const pausing = pauseStep(core, task.website, result, now)
  const stops = [...pausing.changes, ...waiting.changes]
  const doubts = await tellOfDoubt(core, task, set)
  const notices = [...(await tellOfEnd(core, task, set)), ...doubts, ...tellOfPauses(core, stops)]
  await core.store.commit([...changes, ...details.changes, ...stops, ...notices])
  pausing.apply()
  waiting.apply()
  if (stops.length > 0) core.publisher.publish({ type: 'engine' })
  return [ended, ...details.tasks]
}

/** Until when the site waits once `changes` are written; null where it never did. */
function retryNotBefore({ live }: Core, site: string, changes: readonly Change[]): string | null {
  const begun = changes.find((change) => change.type === 'wait')
  return (begun?.wait ?? live.waits.get(site))?.until ?? null
}

/** Where nothing more happens to a task by itself. A failed one is of a batch that ended, and goes on with it. */
const ENDS: ReadonlySet<TaskStatus> = new Set(['completed', 'permanently_failed', 'cancelled'])
const NO_DETAILS: DetailStep = { changes: [], tasks: [] }
