import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMemoryGroup } from '../../src/runner/memory-group.ts'
import { attemptBench, type AttemptBench } from '../support/attempts.ts'

const LIMIT = 450 * 2 ** 20
/** How version 1 says that there is no limit. */
const NONE = '9223372036854771712\n'

/** Files as Linux has them below /sys/fs/cgroup, and what it says of this process in /proc/self/cgroup. */
function groups(folder: string, own: string, files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, 'cgroup', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  writeFileSync(join(folder, 'own'), own)
  return { root: join(folder, 'cgroup'), own: join(folder, 'own') }
}

const events = (kills: number) => `low 0\nhigh 0\nmax 12\noom ${kills}\noom_kill ${kills}\noom_group_kill 0\n`

describe('what the kernel says of the memory of a control group', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'zafra-groups-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test.each([
    ['in a container', '0::/\n', { 'memory.events': events(3), 'memory.max': `${LIMIT}\n` }, 3, LIMIT],
    [
      'whose limit is not its own but of what it is in',
      '0::/a.slice/b.service\n',
      {
        'a.slice/b.service/memory.events': events(0),
        'a.slice/b.service/memory.max': 'max\n',
        'a.slice/memory.max': `${LIMIT}\n`,
      },
      0,
      LIMIT,
    ],
    [
      'that the host names by another path',
      '0::/docker/0123\n',
      { 'memory.events': events(1), 'memory.max': 'max\n' },
      1,
      null,
    ],
    [
      'of version 1',
      '5:cpu,cpuacct:/x\n4:memory:/job\n0::/\n',
      {
        'memory/job/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n',
        'memory/job/memory.limit_in_bytes': `${LIMIT}\n`,
        'memory/memory.limit_in_bytes': NONE,
      },
      2,
      LIMIT,
    ],
    [
      'of version 1 on an old kernel',
      '4:memory:/job\n',
      {
        'memory/job/memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\n',
        'memory/job/memory.failcnt': '7\n',
        'memory/job/memory.limit_in_bytes': NONE,
      },
      7,
      null,
    ],
    ['where there is none', '0::/\n', {}, 0, null],
  ] as const)('%s', (_, own, files, kills, limit) => {
    const group = createMemoryGroup(groups(folder, own, files))
    expect([group.kills(), group.limit()]).toEqual([kills, limit])
  })
})

describe('an attempt that the kernel kills for want of memory', () => {
  let bench: AttemptBench
  beforeEach(() => {
    bench = attemptBench(
      (config) => {
        groups(config.workspace, '0::/\n', { 'memory.events': events(0), 'memory.max': `${LIMIT}\n` })
        return config
      },
      { root: 'cgroup', own: 'own' },
    )
  })
  afterEach(() => bench.close())

  test.each([
    ['itself', 'kill -9 $$'],
    ['its program, as its shell tells', 'sh -c "kill -9 \\$\\$"; exit $?'],
    [
      'after it has said something else',
      `echo '{"scraper":1,"type":"error","class":"blocked","message":"x"}'; kill -9 $$`,
    ],
  ])('%s: memory, with the limit', async (_, end) => {
    const script = `printf '${events(1).replaceAll('\n', '\\n')}' > ${bench.workspace}/cgroup/memory.events; ${end}`
    const { outcome, error } = await bench.run({ script })
    expect(outcome).toBe('failed')
    expect(error).toMatchObject({
      class: 'memory',
      message: "killed by the container's memory limit of 450 MiB",
    })
  })

  test('somebody else kills it: a passing failure', async () => {
    expect((await bench.run({ script: 'kill -9 $$' })).error?.class).toBe('transient')
  })
})
