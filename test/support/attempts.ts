import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/cli/system-clock.ts'
import { createChecker } from '../../src/checks/index.ts'
import { CHECK_DEFAULTS } from '../../src/config/checks.ts'
import type { Config, SiteConfig } from '../../src/domain/config.ts'
import type { LogLine, LogStream } from '../../src/domain/logs.ts'
import type { Progress } from '../../src/domain/query.ts'
import type { AttemptResult, AttemptSpec, Runner, RunningAttempt, Usage } from '../../src/domain/runner.ts'
import type { Task } from '../../src/domain/task.ts'
import { createLogReader, createRunner } from '../../src/runner/index.ts'
import { task } from './task.ts'

const FIXTURES = new URL('../fixtures/scrapers/', import.meta.url).pathname

/** What a test may say of an attempt; the rest is ordinary. */
export interface Wish {
  /** A file of test/fixtures/scrapers, and its arguments. */
  command?: string[]
  /** A shell script, instead of a file. */
  script?: string
  spec?: Partial<AttemptSpec>
  task?: Partial<Task>
}

/** A workspace in a temporary folder and a runner on it. */
export interface AttemptBench {
  workspace: string
  config: Config
  runner: Runner
  output: string
  log: string
  start(wish: Wish): RunningAttempt & { progress: Progress[]; usage: Usage[] }
  run(wish: Wish): Promise<AttemptResult>
  lines(stream?: LogStream): Promise<LogLine[]>
  /** Resolves when the scraper has written a line with `text`. */
  says(text: string): Promise<void>
  /** Fails if a process of this workspace is alive; removes the workspace. */
  close(): Promise<void>
}

/** @param groups where control groups are, relative to the workspace; those of this machine where it is not said */
export function attemptBench(
  settings: (config: Config) => Config = (config) => config,
  groups?: { root: string; own: string },
): AttemptBench {
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'zafra-runner-')))
  mkdirSync(join(workspace, 'scrapers'))
  const config = settings(ordinaryConfig(workspace))
  const ports = {
    clock: systemClock,
    builtinScrapers: '/nonexistent',
    checker: createChecker(config),
    ...(groups && { groups: inFolder(workspace, groups) }),
  }
  const runner = createRunner(config, ports)
  const output = join(workspace, 'data/CyT/Gdl/Ven/Dep/Nov26/01/CyT_Gdl_Ven_Dep_Nov26_01.csv')
  const log = join(workspace, 'logs/Nov26_01/1-1.log')
  const start = (wish: Wish) => {
    const progress: Progress[] = []
    const usage: Usage[] = []
    const spec: AttemptSpec = {
      task: task(wish.task),
      number: 1,
      tag: `${runner.tagPrefix}1/1`,
      mode: 'full',
      output_file: output,
      url_list_file: null,
      previous_file: null,
      history: [],
      log_file: log,
      ...wish.spec,
    }
    const starter = createRunner(withCommand(config, commandLine(wish)), ports)
    return {
      ...starter.start(
        spec,
        (each) => progress.push(each),
        (each) => usage.push(each),
      ),
      progress,
      usage,
    }
  }
  return {
    workspace,
    config,
    runner,
    output,
    log,
    start,
    run: (wish) => start(wish).done,
    lines: (stream) => allLines(log, stream),
    says: (text) => until(async () => (await readFile(log, 'utf8').catch(() => '')).includes(text), text),
    async close() {
      const left = processesOf(runner.tagPrefix)
      await runner.reap()
      rmSync(workspace, { recursive: true, force: true })
      if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`)
    },
  }
}

function inFolder(workspace: string, { root, own }: { root: string; own: string }) {
  return { root: join(workspace, root), own: join(workspace, own) }
}

function commandLine({ command, script }: Wish): string[] | null {
  if (script !== undefined) return ['/bin/sh', '-c', script]
  if (!command?.[0]) return null
  const [name, ...args] = command
  const interpreter = { mjs: process.execPath, pl: 'perl', py: 'python3', sh: '/bin/sh' }[
    name.split('.')[1] ?? ''
  ]
  return [interpreter ?? '/bin/sh', join(FIXTURES, name), ...args]
}

function withCommand(config: Config, command: string[] | null): Config {
  if (!command) return config
  const cyt = { pass_env: [], timeout: null, browser: false, ...config.scrapers['cyt'], command }
  return { ...config, scrapers: { ...config.scrapers, cyt } }
}

function ordinaryConfig(workspace: string): Config {
  return {
    workspace,
    database: {
      path: join(workspace, 'orchestrator.db'),
      backup_dir: join(workspace, 'backups'),
      backup_cron: '',
      backup_retention: 1,
      snapshot_interval: 30,
      fsync: 'never',
    },
    paths: {
      data: join(workspace, 'data'),
      urls: join(workspace, 'urls'),
      logs: join(workspace, 'logs'),
      codes: join(workspace, 'codes.csv'),
    },
    locale: 'es',
    time_zone: 'America/Mexico_City',
    execution: {
      max_parallel: 2,
      per_site: 1,
      order: 'relaxed',
      max_attempts: 3,
      timeout: 60,
      grace: 0.5,
      memory_limit: 0,
      max_cpu: 100,
      max_memory: 100,
      min_free_disk: 0,
      retry_delay: 1,
      retry_factor: 1,
      retry_max_delay: 1,
      retry_jitter: 0,
    },
    sites: { CyT: cyt },
    scrapers: {},
    aliases: { website: {}, city: {}, operation: {}, product: {} },
    network: { host_map: {}, allow_private: false },
    schedule: [],
    notify: { channels: {}, give_up_after: 60 },
    checks: CHECK_DEFAULTS,
    daemon: { drain_timeout: 60 },
    logs: { max_bytes_per_attempt: 1_000_000, retention: 1, retention_bytes: 1 },
    api: { socket: null, listen: null, metrics: false },
    redact: [],
  }
}

const cyt: SiteConfig = {
  name: 'Casas y Terrenos',
  host: 'casasyterrenos.com',
  enabled: true,
  priority: 0,
  scraper: 'cyt',
  detail_scraper: null,
  per_site: null,
  rate_limit: 1.5,
  max_pages: 30,
  split: null,
  user_agent: 'Zafra/test',
  pause_after_blocked: 3,
  pause: 1,
  pause_factor: 1,
  pause_max: 1,
  checks: {},
}

/** Waits for `holds`, which real processes bring about. */
export async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 15_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`"${what}" did not come about`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Pids of live processes whose environment holds `text`. Looked for in another way than the runner does. */
export function processesOf(text: string): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && environment(name).includes(text))
}

function environment(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1')
  } catch {
    return ''
  }
}

export async function allLines(log: string, stream?: LogStream): Promise<LogLine[]> {
  const lines: LogLine[] = []
  for (let offset = 0; ;) {
    const page = await createLogReader().read(log, {
      from: { offset },
      limit: 500,
      ...(stream && { stream }),
    })
    lines.push(...page.lines)
    if (page.end) return lines
    offset = page.next
  }
}
