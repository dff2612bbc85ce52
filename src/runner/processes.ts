import { closeSync, existsSync, openSync, readdirSync, readSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'

/** A live process. `pid` and `started` together name it for good; a pid alone may be given out again. */
export interface Process {
  pid: number
  parent: number
  group: number
  session: number
  /** Clock ticks since the machine started. */
  started: number
  /** Bytes of resident memory. */
  resident: number
  /** Clock ticks of processor time: its own, and that of its children that have ended and been waited for. */
  ticks: number
}

/** Clock ticks per second: what Linux tells user space, on every machine (source: proc_pid_stat(5), USER_HZ). */
export const TICKS = 100

/** Processes read between two turns of the event loop. */
const SLICE = 32
/** More pids than this are found quicker by listing all processes. */
const FEW = 256

/** The process `pid`, or undefined where there is none or only its remains (a zombie). */
export function readProcess(pid: number): Process | undefined {
  const fields = readStat(pid)
  if (!fields || fields[0] === 'Z' || fields[0] === 'X') return undefined
  const field = (number: number) => Number(fields[number - 3])
  return {
    pid,
    parent: field(4),
    group: field(5),
    session: field(6),
    started: field(22),
    resident: field(24) * pageSize(),
    ticks: field(14) + field(15) + field(16) + field(17),
  }
}

/** When `pid` started, as `Process.started`, also where only its remains are left; undefined where it is free. */
export function startOf(pid: number): number | undefined {
  const fields = readStat(pid)
  return fields && Number(fields[22 - 3])
}

/** The fields of a process from the third on (source: proc_pid_stat(5)). */
function readStat(pid: number): string[] | undefined {
  const stat = readProc(`${pid}/stat`)?.toString('latin1')
  // The second field, a name in parentheses, may hold anything.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Whether `pid` is in use, by a process, its remains or a thread: the cheapest question there is. */
export function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}

/** Every live process, in order of pid. Gives way to other work between slices. */
export async function allProcesses(): Promise<Process[]> {
  const processes: Process[] = []
  for (const [index, pid] of allPids().entries()) {
    if (index % SLICE === SLICE - 1) await setImmediate()
    const found = readProcess(pid)
    if (found) processes.push(found)
  }
  return processes
}

/** Whether the environment that `pid` was started with has `ZAFRA_RUN=<tag>`, or with a prefix, such a beginning. */
export function carriesTag(pid: number, tag: string, match: 'whole' | 'prefix'): boolean {
  const environment = readProc(`${pid}/environ`)
  const wanted = `\0ZAFRA_RUN=${tag}${match === 'whole' ? '\0' : ''}`
  return environment !== undefined && `\0${environment.toString('latin1')}\0`.includes(wanted)
}

/**
 * The pids given out after `pid`, whether or not they are still in use, or undefined where they are too many.
 * Only right while the pids cannot have gone once round.
 */
export function pidsAfter(pid: number): number[] | undefined {
  const last = Number(readProc('loadavg')?.toString().split(' ')[4])
  const count = (last - pid + maxPid()) % maxPid()
  if (!(count <= FEW)) return undefined
  return Array.from({ length: count }, (_, index) => (pid + 1 + index) % maxPid())
}

/** Sends `signal` to the very process that was read; whether it was there to take it. */
export function signalProcess(target: Process, signal: 'SIGTERM' | 'SIGKILL'): boolean {
  return readProcess(target.pid)?.started === target.started && send(target.pid, signal)
}

/**
 * Sends `signal` to the group of a process that was read when it led it. While the leader, or what is left of it,
 * has that pid, no stranger can have the group's number; afterwards nobody knows, and nothing is sent.
 */
export function signalGroup(
  leader: { pid: number; started: number | undefined },
  signal: 'SIGTERM' | 'SIGKILL',
): boolean {
  return startOf(leader.pid) === leader.started && send(-leader.pid, signal)
}

function send(target: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(target, signal)
  } catch {
    return false
  }
}

function allPids(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

// Read over and over: files of /proc are small, have no size of their own and are read all the time.
let scratch = Buffer.alloc(64 * 1024)

/** Valid until the next call. Undefined where the process or the right to look at it is gone, or there is no /proc. */
function readProc(name: string): Buffer | undefined {
  let file: number | undefined
  try {
    file = openSync(`/proc/${name}`, 'r')
    let length = 0
    for (let read = -1; read !== 0; length += read) {
      if (length === scratch.length) scratch = Buffer.concat([scratch, Buffer.alloc(length)])
      read = readSync(file, scratch, length, scratch.length - length, null)
    }
    return scratch.subarray(0, length)
  } catch {
    return undefined
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

let knownPageSize: number | undefined
function pageSize(): number {
  knownPageSize ??=
    Number(/KernelPageSize:\s+(\d+) kB/.exec(readProc('self/smaps')?.toString() ?? '')?.[1] ?? 4) * 1024
  return knownPageSize
}

let knownMaxPid: number | undefined
function maxPid(): number {
  knownMaxPid ??= Number(readProc('sys/kernel/pid_max') ?? 32_768)
  return knownMaxPid
}
