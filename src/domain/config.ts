import type { CheckConfig } from './check.ts'
import type { CodeKind } from './codes.ts'
import type { Locale } from './batch-id.ts'
import type { NoticeEvent } from './notice.ts'
import type { RetryPolicy } from './retry.ts'

/**
 * The configuration in force: names as in zafra.yaml. Durations are seconds, sizes are bytes, paths are
 * absolute. Frozen.
 */
export interface Config {
  /** Absolute path of the workspace; symlinks resolved. */
  workspace: string
  database: {
    path: string
    backup_dir: string
    backup_retention: number
    /** When a backup is made besides the one after each batch; empty: never. */
    backup_cron: string
    /** Least time between two snapshots while writes go on. */
    snapshot_interval: number
    /** `always`: a write is acknowledged when it is on the disk; `never`: when the system has it. */
    fsync: 'always' | 'never'
  }
  paths: { data: string; urls: string; logs: string; codes: string }
  locale: Locale
  time_zone: string
  execution: ExecutionConfig
  /** By site code. */
  sites: Readonly<Record<string, SiteConfig>>
  /** By scraper name. */
  scrapers: Readonly<Record<string, ScraperConfig>>
  /** Per kind: another spelling → a name or code of the code list. */
  aliases: Readonly<Record<CodeKind, Readonly<Record<string, string>>>>
  network: {
    /** Host of a list's URL → origin where it is reached instead (`http://127.0.0.1:8080`). */
    host_map: Readonly<Record<string, string>>
    /** Whether scrapers may reach loopback and private addresses. */
    allow_private: boolean
  }
  schedule: readonly ScheduleConfig[]
  notify: {
    /** By name. */
    channels: Readonly<Record<string, ChannelConfig>>
    /** How long a notice is tried for. */
    give_up_after: number
  }
  checks: CheckConfig
  logs: {
    max_bytes_per_attempt: number
    /** How long the log of an attempt is kept; 0: for ever. */
    retention: number
    /** What all of them together may take, the oldest go first; 0: no limit. */
    retention_bytes: number
  }
  daemon: {
    /** How long a daemon that is told to end lets what runs go on. */
    drain_timeout: number
  }
  api: {
    /** Path of the socket that other sessions attach to; null: `.zafra/engine.sock`. */
    socket: string | null
    /** A TCP address to answer on as well, for whoever shows the token of ZAFRA_API_TOKEN; null: none. */
    listen: { host: string; port: number } | null
    /** Whether GET /metrics is answered. */
    metrics: boolean
  }
  /** Names of environment variables whose values never reach a log. */
  redact: readonly string[]
}

export interface ExecutionConfig extends RetryPolicy {
  max_parallel: number
  per_site: number
  order: 'strict' | 'relaxed'
  max_attempts: number
  timeout: number
  grace: number
  /** Bytes of resident memory of one task's process tree; 0: no limit. */
  memory_limit: number
  /** Percent of the machine above which nothing new starts; 100: never. */
  max_cpu: number
  max_memory: number
  /** Bytes of free disk below which nothing new starts. */
  min_free_disk: number
}

export interface SiteConfig {
  name: string
  /** The host of its URLs, without `www.`. */
  host: string
  enabled: boolean
  /** Higher goes first; sites of equal priority take turns. */
  priority: number
  scraper: string
  detail_scraper: string | null
  per_site: number | null
  /** Seconds between two requests. */
  rate_limit: number
  max_pages: number
  /** How its lists are split where the portal shows a part of each; null: they are not. */
  split: 'price' | null
  user_agent: string | null
  /** How many blocked attempts in a row pause the site. */
  pause_after_blocked: number
  /** Seconds of the first pause, growth of the next, and the longest. */
  pause: number
  pause_factor: number
  pause_max: number
  /** Thresholds that differ from those of `checks`. */
  checks: Partial<CheckConfig>
}

export interface ScraperConfig {
  /** Program and arguments; null: a file in scrapers/ or a built-in one of that name. */
  command: readonly string[] | null
  /** Names of environment variables to pass on. */
  pass_env: readonly string[]
  timeout: number | null
  browser: boolean
}

export interface ScheduleConfig {
  name: string
  cron: string
  time_zone: string | null
  filters: Readonly<Record<string, string>>
  catch_up: 'once' | 'none' | 'all'
  max_age: number
  overlap: 'skip' | 'queue'
  enabled: boolean
}

/** Where notices go. What ends in `_env` names the environment variable that holds the value: it is a secret. */
export type ChannelConfig = { on: readonly NoticeEvent[] } & (
  | { type: 'webhook'; url: string | null; url_env: string | null; secret_env: string | null }
  | { type: 'slack'; url_env: string }
  | { type: 'email'; smtp_env: string; from: string; to: readonly string[] }
  | {
      type: 'exec'
      /** Program and arguments. */
      command: readonly string[]
      pass_env: readonly string[]
      timeout: number
    }
  /** A dead-man's switch: told of the start and the end of each batch, nothing else. */
  | { type: 'ping'; url_env: string }
)
