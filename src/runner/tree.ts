import type { Clock } from '../domain/clock.ts'
import {
  allProcesses,
  carriesTag,
  isAlive,
  pidsAfter,
  readProcess,
  signalGroup,
  signalProcess,
  startOf,
  TICKS,
  type Process,
} from './processes.ts'

/** Milliseconds between two looks at what is left: at first, and at most. */
const FIRST_PAUSE = 10
const LONGEST_PAUSE = 250
/** In less time than this the pids cannot have gone once round. */
const YOUNG_MS = 2000

/**
 * The processes of one attempt. It has those in the session or group of its first process, those that carry
 * its tag in their environment, and the descendants of any of them, remembered from every look at the machine.
 */
export class ProcessTree {
  readonly #leader: { pid: number; started: number | undefined }
  readonly #tag: string
  readonly #clock: Clock
  readonly #born: number
  /** pid → start time, of those that were there at the last look. */
  #known = new Map<number, number>()
  #leaderIsGone = false
  #callOffKill: (() => void) | undefined
  /** When the grace of a stop is over, as `Clock.monotonic`. */
  #graceEnds: number | undefined

  /** @param leader the first process, of its own session; `began`: before it was there, as `Clock.monotonic` */
  constructor(
    { pid, started, began }: { pid: number; started: number | undefined; began: number },
    tag: string,
    clock: Clock,
  ) {
    this.#leader = { pid, started }
    this.#tag = tag
    this.#clock = clock
    this.#born = began
  }

  /**
   * Finds its own among `processes` and remembers them. Environments are not looked into. Returns bytes of resident
   * memory, and seconds of processor time so far: what a member used is its parent's once it has been waited for, so
   * the sum goes on when one ends.
   */
  observe(processes: readonly Process[]): { resident: number; seconds: number } {
    const members = this.#members(processes, () => false)
    return {
      resident: members.reduce((sum, member) => sum + member.resident, 0),
      seconds: members.reduce((sum, member) => sum + member.ticks, 0) / TICKS,
    }
  }

  /** Asks every process to end; those still there after `grace` milliseconds are killed. */
  async stop(grace: number): Promise<void> {
    this.#graceEnds = this.#clock.monotonic() + grace
    this.#callOffKill = this.#clock.after(grace, () => this.#signalGroup('SIGKILL'))
    // Looked for before anything ends: a child without our tag and session is found by its parent only.
    const members = await this.#look()
    this.#signalGroup('SIGTERM')
    for (const member of members) {
      if (member.group !== this.#leader.pid) signalProcess(member, 'SIGTERM')
    }
  }

  /** To be called as soon as the first process has been waited for: its numbers may be given out again. */
  leaderEnded(): void {
    this.#leaderIsGone = true
    this.#callOffKill?.()
  }

  /** Kills what outlives the first process, after the grace of a stop; resolves when nothing is left. */
  async clear(): Promise<void> {
    if (this.#graceEnds === undefined && this.#surelyAlone()) return
    // A process that forks and ends between our two glances at it is missed once, not twice.
    let looksToGo = this.#graceEnds === undefined ? 1 : 2
    for (let pause = FIRST_PAUSE; looksToGo > 0; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const left = await this.#look()
      looksToGo = left.length === 0 ? looksToGo - 1 : 2
      if (this.#clock.monotonic() >= (this.#graceEnds ?? 0)) {
        for (const member of left) signalProcess(member, 'SIGKILL')
      }
      if (looksToGo > 0) await this.#pause(pause)
    }
  }

  /** True where no process that began after the first one can be of this tree; much cheaper than a look. */
  #surelyAlone(): boolean {
    // Where nobody waited for it, it may still be there.
    if (isAlive(this.#leader.pid)) return false
    if (this.#known.size > 0 || this.#clock.monotonic() - this.#born > YOUNG_MS) return false
    const pids = pidsAfter(this.#leader.pid)
    return pids !== undefined && !pids.some((pid) => isAlive(pid) && this.#isOwn(pid))
  }

  #isOwn(pid: number): boolean {
    const found = readProcess(pid)
    return found !== undefined && (this.#inGroup(found) || carriesTag(pid, this.#tag, 'whole'))
  }

  #signalGroup(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (!this.#leaderIsGone) signalGroup(this.#leader, signal)
  }

  async #look(): Promise<Process[]> {
    const processes = await allProcesses()
    return this.#members(processes, (pid) => carriesTag(pid, this.#tag, 'whole'))
  }

  #members(processes: readonly Process[], tagged: (pid: number) => boolean): Process[] {
    // With another process under our leader's number, the session and group of that number are a stranger's.
    const reused = processes.some(
      ({ pid, started }) => pid === this.#leader.pid && started !== this.#leader.started,
    )
    const younger = processes.filter(({ started }) => started >= (this.#leader.started ?? 0))
    const members = younger.filter(
      (each) =>
        this.#known.get(each.pid) === each.started || (!reused && this.#inGroup(each)) || tagged(each.pid),
    )
    const all = withDescendants(members, younger)
    this.#known = new Map(all.map(({ pid, started }) => [pid, started]))
    return all
  }

  #inGroup({ group, session }: Process): boolean {
    return group === this.#leader.pid || session === this.#leader.pid
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#clock.after(ms, resolve))
  }
}

function withDescendants(roots: readonly Process[], processes: readonly Process[]): Process[] {
  const found = new Map(roots.map((root) => [root.pid, root]))
  for (let grown = true; grown;) {
    const children = processes.filter((each) => !found.has(each.pid) && isChild(each, found.get(each.parent)))
    for (const child of children) found.set(child.pid, child)
    grown = children.length > 0
  }
  return [...found.values()]
}

/** Processes are read one after another: a parent may have ended meanwhile and a stranger have got its pid. */
function isChild(child: Process, parent: Process | undefined): boolean {
  return parent !== undefined && child.started >= parent.started && startOf(parent.pid) === parent.started
}
