import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { PROGRAM } from '../support/program.ts'
import { measureEvents } from './api-events.ts'
import { median, seconds, type Figure } from './figure.ts'

const ROUNDS = 15
const IDLE_S = 20

/** What it costs to have an engine without a terminal, and to ask it something. */
export async function measure(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'zafra-bench-'))
  const zafra = (...args: string[]) => node(PROGRAM, ...args, '-w', folder)
  try {
    node(PROGRAM, 'init', folder)
    zafra('daemon', 'start')
    const { pid } = JSON.parse(zafra('daemon', 'status', '--json')) as { pid: number }
    return [await status(zafra), ...(await idle(pid)), await measureEvents()]
  } finally {
    zafra('daemon', 'stop', '--now')
    rmSync(folder, { recursive: true, force: true })
  }
}

async function status(zafra: (...args: string[]) => string): Promise<Figure> {
  const bare: number[] = []
  const asked: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await seconds(async () => node('-e', '0')))
    asked.push(await seconds(async () => zafra('status')))
  }
  return {
    what: 'zafra status over the socket / start of bare Node',
    measured: median(asked.map((each, round) => each / bare[round]!)).toFixed(1),
    baseline: `${ms(median(asked))} against ${ms(median(bare))}`,
    goal: '≤ 2',
  }
}

/** Of a daemon that nobody asks anything, its first seconds aside. */
async function idle(pid: number): Promise<Figure[]> {
  await wait(5000)
  const before = processorTime(pid)
  await wait(IDLE_S * 1000)
  const share = (processorTime(pid) - before) / IDLE_S
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return [
    {
      what: `an idle daemon's share of a processor over ${IDLE_S} s`,
      measured: `${(share * 100).toFixed(2)} %`,
      baseline: '',
      goal: '< 0.2 %',
    },
    {
      what: "an idle daemon's resident memory",
      measured: `${Math.round(Number(kilobytes) / 1024)} MiB`,
      baseline: '',
      goal: '',
    },
  ]
}

/** Seconds that all threads of a process have run (the first number of schedstat, in nanoseconds). */
function processorTime(pid: number): number {
  const spent = globSync(`/proc/${pid}/task/*/schedstat`).map((file) =>
    Number(readFileSync(file, 'utf8').split(' ')[0]),
  )
  return spent.reduce((sum, each) => sum + each, 0) / 1e9
}

function node(...args: string[]): string {
  const { status: exit, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (exit !== 0) throw new Error(`node ${args.join(' ')} ended with ${exit}: ${stderr}`)
  return stdout
}

function ms(each: number): string {
  return `${Math.round(each * 1000)} ms`
}
