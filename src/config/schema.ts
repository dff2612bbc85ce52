import { z } from 'zod'
import {
  address,
  byCode,
  code,
  duration,
  flag,
  host,
  number,
  oneOf,
  origin,
  settings,
  size,
  text,
  texted,
  texts,
  textsBy,
  timeZone,
  whole,
} from './values.ts'
import { BACKUP_SCHEDULE } from '../domain/schedule.ts'
import { notify } from './notify.ts'
import { checks, siteChecks } from './checks.ts'

/** Says what is wrong with a cron expression, or undefined (the scheduler's check, wired by the caller). */
export type CronProblem = (expression: string) => string | undefined

const execution = settings({
  max_parallel: whole(1),
  per_site: whole(1),
  order: oneOf('strict', 'relaxed'),
  max_attempts: whole(1),
  retry_delay: duration,
  retry_factor: number(1, Infinity),
  retry_max_delay: duration,
  retry_jitter: number(0, 1),
  timeout: duration,
  grace: duration,
  memory_limit: size,
  max_cpu: number(1, 100),
  max_memory: number(1, 100),
  min_free_disk: size,
})

const site = settings({
  name: text,
  host,
  enabled: flag.default(true),
  priority: z.int({ error: 'a whole number' }).default(0),
  scraper: text,
  detail_scraper: text.nullable().default(null),
  per_site: whole(1).nullable().default(null),
  rate_limit: duration.default(3),
  max_pages: whole(1).default(30),
  split: oneOf('price').nullable().default(null),
  user_agent: text.nullable().default(null),
  pause_after_blocked: whole(1).default(3),
  pause: duration.default(30 * 60),
  pause_factor: number(1, Infinity).default(2),
  pause_max: duration.default(24 * 3600),
  checks: siteChecks.default({}),
})

/** Two sites at one host could not be told apart by their URLs, nor a main task and a detail task of one scraper. */
const sites = byCode(site).superRefine((bySite, context) => {
  for (const [site_code, { scraper: main, detail_scraper }] of Object.entries(bySite)) {
    if (main !== detail_scraper) continue
    context.addIssue({
      code: 'custom',
      message: 'another scraper than the main one',
      path: [site_code, 'detail_scraper'],
    })
  }
  const owners = new Map<string, string>()
  for (const [site_code, { host: name }] of Object.entries(bySite)) {
    const owner = owners.get(name)
    if (owner === undefined) owners.set(name, site_code)
    else {
      const message = `a host of its own (${owner} has this one)`
      context.addIssue({ code: 'custom', message, path: [site_code, 'host'] })
    }
  }
})

const scraper = settings({
  command: texts.min(1, { error: 'a program and its arguments' }).nullable().default(null),
  pass_env: texts.default([]),
  timeout: duration.nullable().default(null),
  browser: flag.default(false),
})

const rule = settings({
  name: code,
  time_zone: timeZone.nullable().default(null),
  filters: textsBy('scraper', 'site', 'city', 'operation', 'product', 'match').default({}),
  catch_up: oneOf('once', 'none', 'all').default('once'),
  max_age: duration.default(3 * 24 * 3600),
  overlap: oneOf('skip', 'queue').default('skip'),
  enabled: flag.default(true),
})

/** A schedule is known by its name; that of the backups is taken. */
function refuseTakenNames(rules: readonly { name: string }[], context: z.RefinementCtx): void {
  const taken = new Set([BACKUP_SCHEDULE])
  for (const [at, { name }] of rules.entries()) {
    if (taken.has(name)) {
      context.addIssue({
        code: 'custom',
        message: `a name of its own (${name} is taken)`,
        path: [at, 'name'],
      })
    }
    taken.add(name)
  }
}

/** What all layers together must be. Its output is the Config, but for the workspace and absolute paths. */
export function configSchema(cronProblem: CronProblem) {
  const cron = text.superRefine((expression, context) => {
    const problem = cronProblem(expression)
    if (problem === undefined) return
    context.addIssue({ code: 'custom', message: `a cron expression (${problem})` })
  })
  const database = settings({
    path: text,
    backup_dir: text,
    backup_retention: duration,
    backup_cron: z.literal('').or(cron),
    snapshot_interval: duration,
    fsync: oneOf('always', 'never'),
  })
  const schedule = z.array(rule.extend({ cron }), { error: 'a list of rules' }).superRefine(refuseTakenNames)
  return settings({
    database,
    paths: settings({ data: text, urls: text, logs: text, codes: text }),
    locale: oneOf('es', 'en'),
    time_zone: timeZone,
    execution,
    sites,
    scrapers: byCode(scraper),
    aliases: settings({ website: texted, city: texted, operation: texted, product: texted }),
    network: settings({ host_map: z.record(z.string(), origin, { error: 'a map' }), allow_private: flag }),
    schedule,
    notify,
    checks,
    logs: settings({ max_bytes_per_attempt: size, retention: duration, retention_bytes: size }),
    daemon: settings({ drain_timeout: duration }),
    api: settings({ socket: text.nullable(), listen: address.nullable(), metrics: flag }),
    redact: texts,
  })
}
