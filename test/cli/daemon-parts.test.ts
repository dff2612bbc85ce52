import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { drain } from '../../src/cli/daemon/drain.ts'
import { createLogger } from '../../src/cli/daemon/logger.ts'
import { liveConfig } from '../../src/cli/daemon/live-config.ts'
import { reload } from '../../src/cli/daemon/reload.ts'
import { unitName, unitText, type UnitWish } from '../../src/cli/daemon/unit.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Config } from '../../src/domain/config.ts'
import { ZafraError } from '../../src/domain/error.ts'
import { testClock } from '../support/clock.ts'
import { busyOverview } from '../support/overview.ts'
import { temporaryFolder } from '../support/program.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'
import { inProcess } from './in-process.ts'

async function configOf(folder: string, yaml: string): Promise<Config> {
  writeFileSync(join(folder, 'zafra.yaml'), yaml)
  const { config } = await loadConfig({ cwd: folder, env: {}, cronProblem: () => undefined })
  return config
}

describe('the configuration of a daemon', () => {
  test('is the new one at once, but for what only a start can change', async () => {
    using folder = temporaryFolder()
    const live = liveConfig(await configOf(folder.path, '{}'))
    const kept = live.config
    const next = await configOf(
      folder.path,
      `
execution: { max_parallel: 3 }
sites: { CyT: { priority: 7 } }
database: { fsync: never, backup_cron: '' }
paths: { logs: elsewhere }
schedule: []
redact: [TOKEN]
`,
    )
    const changed = live.replace(next)
    expect(changed.filter(({ now }) => now).map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'execution.max_parallel',
        'sites.CyT.priority',
        'database.backup_cron',
        'schedule',
      ]),
    )
    expect(changed.filter(({ now }) => !now).map(({ path }) => path)).toEqual(
      expect.arrayContaining(['database.fsync', 'paths.logs', 'redact']),
    )
    expect(kept.execution.max_parallel).toBe(3)
    expect(kept.sites['CyT']?.priority).toBe(7)
    expect(kept.schedule).toEqual([])
    expect(kept.database).toMatchObject({ fsync: 'always', backup_cron: '' })
    expect(kept.paths.logs).toBe(join(folder.path, 'logs'))
    expect(kept.redact).toEqual([])
  })

  test('has every section of the one it was made of, and tells nothing where nothing changed', async () => {
    using folder = temporaryFolder()
    const first = await configOf(folder.path, '{}')
    const live = liveConfig(first)
    expect(structuredClone({ ...live.config, notify: { ...live.config.notify } })).toEqual(
      structuredClone(first),
    )
    const other = await configOf(folder.path, 'locale: en')
    expect(live.replace(other)).toEqual([{ path: 'locale', now: true }])
    // Each section is asked for anew, so that none is forgotten when there is another one.
    const sections = Object.keys(first).filter((name) => name !== 'notify')
    const properties = Object.entries(Object.getOwnPropertyDescriptors(live.config))
    const asked = properties.filter(([, property]) => 'get' in property).map(([name]) => name)
    expect(asked.toSorted()).toEqual(sections.toSorted())
  })

  test('stays as it was where the new one is not valid', async () => {
    using folder = temporaryFolder()
    const live = liveConfig(await configOf(folder.path, '{}'))
    const lines: string[] = []
    const log = createLogger({ write: (line) => lines.push(line) }, 'normal')
    const broken = () => Promise.reject(new ZafraError('config', 'zafra.yaml:1: no\u001b[31mt valid'))
    await reload(live, broken, () => expect.unreachable(), log)
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        level: 'error',
        msg: 'the configuration stays as it was: zafra.yaml:1: not valid',
      }),
    ])
  })
})

test('an end that is refused leaves no timer behind', async () => {
  const engine = new ScriptedEngine(busyOverview())
  engine.answer = new ZafraError('storage', 'the disk is full')
  const clock = testClock()
  const drained = drain(engine, { seconds: 90, clock, hurry: new AbortController().signal })
  await expect(drained).rejects.toMatchObject({ code: 'storage' })
  expect(clock.timers).toBe(0)
})

describe('the unit', () => {
  const wish = (workspace: string, kind: UnitWish['kind'] = { of: 'user' }): UnitWish => ({
    config: { workspace, daemon: { drain_timeout: 90 }, execution: { grace: 10 } as Config['execution'] },
    node: process.execPath,
    program: '/opt/za fra/bin/zafra.js',
    kind,
  })

  test('takes any workspace, and gives more time than the daemon needs', () => {
    const text = unitText(wish('/srv/50% "harvest" $HOME\\x'))
    expect(text).toContain(
      '"/opt/za fra/bin/zafra.js" "daemon" "run" "--workspace" "/srv/50%% \\"harvest\\" $$HOME\\\\x"',
    )
    expect(text).toContain('WorkingDirectory=/srv/50%% "harvest" $HOME\\x\n')
    expect(text).toContain('TimeoutStopSec=160\n')
    expect(unitName('/srv/my harvest/Año')).toBe('zafra-srv-my-harvest-A-o.service')
  })

  test('is shown, or written where systemd looks', async () => {
    using folder = temporaryFolder()
    writeFileSync(join(folder.path, 'zafra.yaml'), 'daemon: { drain_timeout: 5m }\n')
    const install = (...args: string[]) =>
      inProcess(['daemon', 'install', ...args, '-w', folder.path], { env: { XDG_CONFIG_HOME: folder.path } })
    const { stdout } = await install()
    expect(stdout).toMatch(/^TimeoutStopSec=370$/m)
    const written = await install('--write')
    const path = join(folder.path, 'systemd/user', unitName(folder.path))
    expect(written.stdout).toBe(`${path}\n`)
    expect(written.stderr).toContain(`systemctl --user enable --now ${unitName(folder.path)}`)
    expect(readFileSync(path, 'utf8')).toBe(stdout)
    expect((await install('--system', '--as', 'harvest')).stdout).toMatch(/^User=harvest$/m)
  })

  test.skipIf(!hasAnalyze()).each([
    ['user', { of: 'user' }],
    ['system', { of: 'system', user: 'root' }],
  ] as const)('of the %s is what systemd takes', (manager, kind) => {
    using folder = temporaryFolder()
    const path = join(folder.path, unitName(folder.path))
    writeFileSync(path, unitText({ ...wish(folder.path, kind), program: process.execPath }))
    const { status, stdout, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', `--${manager}`, '--man=no', path],
      {
        encoding: 'utf8',
        env: { ...process.env, XDG_RUNTIME_DIR: folder.path },
      },
    )
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' })
  })
})

function hasAnalyze(): boolean {
  try {
    execFileSync('systemd-analyze', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
