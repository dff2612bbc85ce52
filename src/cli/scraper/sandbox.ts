import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { batchId, monthYear } from '../../domain/batch-id.ts'
import { sqlTime, type Clock } from '../../domain/clock.ts'
import type { Config } from '../../domain/config.ts'
import { outputPath } from '../../domain/paths.ts'
import type { AttemptSpec } from '../../domain/runner.ts'
import type { Task } from '../../domain/task.ts'
import { scraperEnvironment } from '../../runner/environment.ts'
import { outputFiles, type OutputFiles } from '../../runner/output.ts'
import type { Subject } from './subject.ts'

/** What a scraper is sent out for, in a sandbox. */
export interface Errand {
  subject: Subject
  config: Config
  clock: Clock
  /** Our own environment. */
  ours: NodeJS.ProcessEnv
  url: string
  /** Which of several runs in one sandbox; each has its own output. */
  run: string
  attempt?: number
  mode?: AttemptSpec['mode']
  url_list_file?: string | null
  previous_file?: string | null
  /** Variables beside those of the contract, or in their place. */
  changes?: Readonly<Record<string, string>>
  /** Seconds. */
  limit: number
}

export interface Equipment {
  files: OutputFiles
  env: Record<string, string>
  /** Its working folder, and its place for temporary files. */
  cwd: string
}

/** Gives `work` a workspace of its own in a temporary folder, which is gone afterwards. */
export async function inSandbox<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'zafra-scraper-')))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The environment and the folders of one attempt in the sandbox `folder`, as the engine would make them. */
export async function equip(folder: string, errand: Errand): Promise<Equipment> {
  const { config, clock, ours, run, mode = 'full', url_list_file = null, previous_file = null } = errand
  const task = trialTask(errand, clock)
  const number = errand.attempt ?? 1
  const output_file = join(folder, 'data', run, task.output_path)
  const files = outputFiles(output_file)
  const cwd = join(folder, '.zafra', 'work', `${run}-${number}`)
  await mkdir(cwd, { recursive: true, mode: 0o700 })
  await mkdir(join(output_file, '..'), { recursive: true })
  const log_file = join(folder, 'logs', `${run}-${number}.log`)
  const tag = `${folder}.${run}-${number}`
  const spec = { task, number, tag, mode, output_file, url_list_file, previous_file, history: [], log_file }
  const deadline = new Date(clock.now().getTime() + errand.limit * 1000)
  const own = { ...config, workspace: folder }
  const env = scraperEnvironment(own, spec, { files, workFolder: cwd, deadline }, ours)
  return { files, env: { ...env, ...errand.changes }, cwd }
}

function trialTask({ subject, config, url, mode = 'full' }: Errand, clock: Clock): Task {
  const month_year = monthYear(clock.now(), config.time_zone, config.locale)
  const codes = { website: subject.site ?? 'Demo', city: 'Gdl', operation: 'Ven', product: 'Cas', variant: 1 }
  const at = sqlTime(clock.now())
  return {
    ...codes,
    id: 1,
    scraper_name: subject.name,
    url,
    order_num: 1,
    status: 'running',
    attempts: 1,
    max_attempts: 3,
    created_at: at,
    started_at: at,
    completed_at: null,
    error_message: null,
    error_class: null,
    execution_batch: batchId(month_year, 1),
    output_path: outputPath(codes, { month_year, execution_number: 1 }, mode === 'url'),
    data_records_extracted: 0,
    file_size_bytes: 0,
    depends_on: null,
    ready: true,
    retry_at: null,
    output_check: null,
    output_complete: null,
    output_expected: null,
  }
}
