import { hostname } from 'node:os'
import { Failure } from './failure.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What the environment of the scraper contract asks for. Seconds, unless named otherwise. */
export interface Settings {
  outputFile: string
  stateFile: string | undefined
  maxPages: number
  rateLimit: number
  /** The share of cards that may repeat a listing; where more do, a list's pages are asked for again. */
  repeatsLimit: number
  /** How a list is split that the portal shows a part of; undefined: it is not. */
  split: 'price' | undefined
  deadline: Date | undefined
  userAgent: string
  /** Host of a URL → origin where it is reached instead; everything else goes by the URL itself. */
  hostMap: ReadonlyMap<string, URL>
  allowPrivate: boolean
  /** Whether pages are fetched through a browser, and the program that is one. */
  browser: boolean
  chromium: string | undefined
  /** Whether advertisers' telephone numbers and e-mail addresses are written down. */
  keepContacts: boolean
  /** Where every fetched page is kept; where pages are taken from instead of the network. */
  recordFolder: string | undefined
  replayFolder: string | undefined
}

/** @throws Failure `config` when a variable is missing or not what it should be */
export function readSettings(env: Environment): Settings {
  return {
    outputFile: required(env, 'SCRAPER_OUTPUT_FILE'),
    stateFile: env['SCRAPER_STATE_FILE'],
    maxPages: number(env, 'SCRAPER_MAX_PAGES') || Infinity,
    rateLimit: number(env, 'SCRAPER_RATE_LIMIT') ?? 2,
    repeatsLimit: number(env, 'SCRAPER_REPEATS_LIMIT') ?? 0.03,
    split: split(env['SCRAPER_SPLIT']),
    deadline: date(env, 'SCRAPER_DEADLINE'),
    userAgent: env['SCRAPER_USER_AGENT'] || `Zafra/1 (+operator at ${hostname()})`,
    hostMap: hostMap(env['SCRAPER_HOST_MAP']),
    allowPrivate: env['SCRAPER_ALLOW_PRIVATE'] === '1',
    browser: env['SCRAPER_BROWSER'] === '1',
    chromium: env['ZAFRA_CHROMIUM'] || undefined,
    keepContacts: env['SCRAPER_KEEP_CONTACTS'] === '1',
    recordFolder: env['SCRAPER_RECORD_DIR'] || undefined,
    replayFolder: env['SCRAPER_REPLAY_DIR'] || undefined,
  }
}

/** @throws Failure `config` when the variable is not set */
export function required(env: Environment, name: string): string {
  const value = env[name]
  if (!value) throw new Failure('config', `${name} is not set; the engine sets it, or set it to run by hand`)
  return value
}

/** @throws Failure `input` when it is no http or https URL */
export function webUrl(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new Failure('input', `"${text}" is not an http or https URL; correct it in the list`)
}

function number(env: Environment, name: string): number | undefined {
  const text = env[name]
  if (!text) return undefined
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw new Failure('config', `${name} is "${text}"; it must be a number, zero or more`)
}

function split(text: string | undefined): Settings['split'] {
  if (!text) return undefined
  if (text === 'price') return text
  throw new Failure('config', `SCRAPER_SPLIT is "${text}"; lists can be split by price alone`)
}

function date(env: Environment, name: string): Date | undefined {
  const text = env[name]
  if (!text) return undefined
  const value = new Date(text)
  if (!Number.isNaN(value.getTime())) return value
  throw new Failure('config', `${name} is "${text}"; it must be an ISO 8601 time`)
}

function hostMap(text: string | undefined): ReadonlyMap<string, URL> {
  if (!text) return new Map()
  try {
    const map = JSON.parse(text) as Record<string, string>
    return new Map(Object.entries(map).map(([host, origin]) => [host, new URL(origin)]))
  } catch (cause) {
    throw new Failure('config', `SCRAPER_HOST_MAP must be a JSON object of host and origin, not ${text}`, {
      cause,
    })
  }
}
