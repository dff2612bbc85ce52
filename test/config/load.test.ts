import { mkdir, mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { findWorkspace } from '../../src/config/workspace.ts'
import { cronProblem } from '../../src/scheduler/cron.ts'
import { folderWith, load } from './workspace.ts'

test('an empty file means the defaults', async () => {
  const { config, sources, notices } = await load('')
  expect(config.execution).toMatchObject({ max_attempts: 3, retry_delay: 1800, min_free_disk: 500_000_000 })
  expect(config.execution.max_parallel).toBeLessThanOrEqual(8)
  expect(Object.keys(config.sites)).toEqual(['CyT', 'Inm24', 'Lam', 'Mit', 'Prop', 'Tro'])
  expect(config.sites['Inm24']).toMatchObject({ scraper: 'inm24', detail_scraper: 'inm24_det', priority: 10 })
  expect(config.schedule).toMatchObject([{ cron: '0 2 1,16 * *', catch_up: 'once', enabled: true }])
  expect(config.paths.urls).toBe(join(config.workspace, 'urls'))
  expect(new Set(Object.values(sources))).toEqual(new Set(['default']))
  expect(notices).toEqual([])
})

test('the configuration cannot be changed', async () => {
  const { config } = await load('')
  expect(() => Object.assign(config.execution, { max_parallel: 99 })).toThrow(TypeError)
  expect(() => Object.assign(config.sites['Lam']!, { enabled: false })).toThrow(TypeError)
})

describe('layers', () => {
  const yaml = 'locale: en\nexecution:\n  max_attempts: 5\n  grace: 3s\nsites:\n  Inm24: { max_pages: 7 }\n'

  test('flags win over the environment, it over the file, it over the defaults', async () => {
    const { config, sources } = await load(yaml, {
      env: { ZAFRA_EXECUTION__GRACE: '4s', ZAFRA_EXECUTION__MAX_PARALLEL: '2' },
      overrides: { execution: { max_parallel: 1 } },
    })
    expect(config.execution).toMatchObject({ max_attempts: 5, grace: 4, max_parallel: 1, timeout: 7200 })
    expect(sources).toMatchObject({
      locale: 'zafra.yaml:1',
      'execution.max_attempts': 'zafra.yaml:3',
      'execution.grace': 'ZAFRA_EXECUTION__GRACE',
      'execution.max_parallel': 'flag',
      'execution.timeout': 'default',
      'sites.Inm24.max_pages': 'zafra.yaml:6',
      'sites.Inm24.host': 'default',
    })
  })

  test.each([
    ['ZAFRA_SITES__INM24__MAX_PAGES', '9', { sites: { Inm24: { max_pages: 9 } } }],
    [
      'ZAFRA_NETWORK__HOST_MAP',
      '{"a.mx":"http://127.0.0.1:1/"}',
      { network: { host_map: { 'a.mx': 'http://127.0.0.1:1' } } },
    ],
    ['ZAFRA_TIME_ZONE', 'America/Tijuana', { time_zone: 'America/Tijuana' }],
    ['ZAFRA_REDACT', '[TOKEN]', { redact: ['TOKEN'] }],
    ['ZAFRA_ALIASES', 'city: { Tlajo: Tlaj }', { aliases: { city: { Tlajo: 'Tlaj' } } }],
    ['ZAFRA_NETWORK', '{allow_private: true}', { network: { allow_private: true } }],
    ['ZAFRA_SITES__INM24__SPLIT', 'price', { sites: { Inm24: { split: 'price' } } }],
    ['ZAFRA_SITES__LAM__DETAIL_SCRAPER', 'null', { sites: { Lam: { detail_scraper: null } } }],
    ['ZAFRA_LOCALE', '', { locale: 'en' }],
  ])('%s=%s', async (name, value, expected) => {
    expect((await load(yaml, { env: { [name]: value } })).config).toMatchObject(expected)
  })

  test('a single key wins over the section it stands in', async () => {
    const env = { ZAFRA_EXECUTION__GRACE: '4s', ZAFRA_EXECUTION: '{grace: 9s, timeout: 9s}' }
    expect((await load('', { env })).config.execution).toMatchObject({ grace: 4, timeout: 9 })
  })

  test('what is no setting of ours is left alone, a near miss is noted', async () => {
    const { notices } = await load('', { env: { ZAFRA_RUN: 'x', ZAFRA_TIMEZONE: 'UTC' } })
    expect(notices).toEqual(['ZAFRA_TIMEZONE is not a setting; ZAFRA_TIME_ZONE is'])
  })

  test('a section without a value changes nothing', async () => {
    const { config } = await load('execution:\nsites:\n  Lam:\nnotify:\n')
    expect(config.execution).toEqual((await load('')).config.execution)
    expect(config.sites['Lam']).toMatchObject({ scraper: 'lam' })
  })

  test('a key named like the prototype changes no prototype', async () => {
    const { config } = await load('aliases:\n  city: { __proto__: { x: Zap }, a: Zap }\n')
    expect(config.aliases.city).not.toHaveProperty('x')
  })
})

describe('faults', () => {
  test.each([
    [
      'an unknown key with a near one',
      'execution:\n  max_paralel: 4\n',
      'zafra.yaml:2:3: execution.max_paralel is not a setting; did you mean max_parallel?',
    ],
    [
      'an unknown key',
      'paths:\n  xyz: 1\n',
      'zafra.yaml:2:3: paths.xyz is not a setting; known here: data, urls',
    ],
    [
      'an unknown key of a site',
      'sites:\n  Lam:\n    max_page: 3\n',
      'zafra.yaml:3:5: sites.Lam.max_page is not a setting; did you mean max_pages?',
    ],
    [
      'a wrong type',
      'execution:\n  max_parallel: many\n',
      'zafra.yaml:2:17: execution.max_parallel: expected a whole number of at least 1, found "many"',
    ],
    [
      'a bad duration',
      'execution: { timeout: soon }',
      'zafra.yaml:1:23: execution.timeout: expected a duration such as 30m, 5s, 2h, 1d',
    ],
    [
      'a bad cron expression',
      'schedule:\n  - name: x\n    cron: 61 * * * *\n',
      'zafra.yaml:3:11: schedule.0.cron: expected a cron expression (minute: 61 is a invalid',
    ],
    [
      'an unknown time zone',
      'time_zone: America/Guadalajara\n',
      'zafra.yaml:1:12: time_zone: expected a time zone such as America/Mexico_City, found "America/Guadalajara"',
    ],
    [
      'a new site without its host',
      'sites:\n  Viv: { name: Vivanuncios, scraper: viv }\n',
      'zafra.yaml:2:3: sites.Viv.host: expected text, found nothing',
    ],
    [
      'two sites at one host',
      'sites:\n  Viv: { name: V, scraper: v, host: lamudi.com.mx }\n',
      'zafra.yaml:2:37: sites.Viv.host: expected a host of its own (Lam has this one)',
    ],
    [
      'one scraper for both tasks of a site',
      'sites:\n  Lam: { detail_scraper: lam }\n',
      'zafra.yaml:2:26: sites.Lam.detail_scraper: expected another scraper than the main one, found "lam"',
    ],
    [
      'a site code that cannot be a folder name',
      'sites:\n  "../x": { name: V, scraper: v, host: v.mx }\n',
      'zafra.yaml:2:3: sites.../x: expected a name of at most 64 letters',
    ],
    [
      'an origin with a path',
      'network: { host_map: { a.mx: "http://b/c" } }\n',
      'zafra.yaml:1:30: network.host_map.a.mx: expected an origin such as',
    ],
    [
      'a secret in the file',
      'notify:\n  channels:\n    ops: { type: webhook, secret: abc }\n',
      'zafra.yaml:3:27: notify.channels.ops.secret is not a setting; known here: type, url, url_env, secret_env, on',
    ],
    ['broken YAML', 'execution:\n  grace: [1\n', 'zafra.yaml:3:1: '],
    ['a doubled key', 'locale: es\nlocale: en\n', 'zafra.yaml:2:1: Map keys must be unique'],
    ['no map', '- a\n', 'expected a map of settings'],
    ['a key named like the prototype', '__proto__: { y: 1 }', 'zafra.yaml:1:1: __proto__ is not a setting'],
    ['an alias of nothing', 'locale: *zzz\n', 'zafra.yaml: Unresolved alias'],
  ])('%s', async (_what, yaml, message) => {
    await expect(load(yaml)).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining(message),
    })
  })

  test('all are told at once, each with its origin', async () => {
    const env = { ZAFRA_EXECUTION__GRACE: 'x', ZAFRA_EXECUTON__GRACE: '1s' }
    const told = load('locale: fr\nexecution:\n  order: odd\n', { env, overrides: { redact: 3 } })
    await expect(told).rejects.toThrow(/5 faults in the configuration \(.*zafra.yaml\):/)
    await expect(told).rejects.toThrow('zafra.yaml:1:9: locale: expected es or en, found "fr"')
    await expect(told).rejects.toThrow('zafra.yaml:3:10: execution.order: expected strict or relaxed')
    await expect(told).rejects.toThrow('ZAFRA_EXECUTION__GRACE: execution.grace: expected a duration')
    await expect(told).rejects.toThrow(
      'ZAFRA_EXECUTON__GRACE: executon is not a setting; did you mean execution?',
    )
    await expect(told).rejects.toThrow('flag: redact: expected a list of texts, found 3')
  })

  test('the token of the API is read from its variable where it is needed, and is in no configuration', async () => {
    const { config, notices } = await load('', { env: { ZAFRA_API_TOKEN: 'abc' } })
    expect(JSON.stringify(config)).not.toContain('abc')
    expect(notices).toEqual([])
    await expect(load('api: { token: abc }')).rejects.toThrow('known here: socket, listen, metrics')
  })

  test.each([
    ['127.0.0.1:7333', { host: '127.0.0.1', port: 7333 }],
    ['"[::1]:80"', { host: '::1', port: 80 }],
  ])('api.listen: %s', async (written, meant) => {
    const { config } = await load(`api: { listen: ${written} }`)
    expect(config.api).toMatchObject({ listen: meant, socket: null })
  })

  test.each(['7333', 'localhost', 'localhost:70000'])('api.listen: %s is no address', async (written) => {
    const loaded = load(`api: { listen: ${written} }`)
    await expect(loaded).rejects.toThrow('api.listen: expected a TCP address such as 127.0.0.1:7333')
  })
})

describe('the workspace', () => {
  test('is the nearest folder upward that holds zafra.yaml', async () => {
    const folder = await folderWith('')
    await mkdir(join(folder, 'urls', 'deep'), { recursive: true })
    expect(findWorkspace(join(folder, 'urls', 'deep'))).toBe(folder)
    const link = join(await mkdtemp(join(tmpdir(), 'zafra-link-')), 'link')
    await symlink(folder, link)
    expect(findWorkspace(join(link, 'urls'))).toBe(folder)
  })

  test.each([
    [{ cwd: '/' }, 'no zafra.yaml in / or any folder above it; "zafra init"'],
    [
      { cwd: '/', workspace: 'no-such-folder' },
      '/no-such-folder is not a folder; "zafra init no-such-folder"',
    ],
    [{ cwd: '/', workspace: 'proc' }, '/proc holds no zafra.yaml'],
  ])('is asked for where there is none: %j', async (options, message) => {
    const told = loadConfig({ ...options, env: {}, cronProblem })
    await expect(told).rejects.toMatchObject({ code: 'config', message: expect.stringContaining(message) })
  })
})
