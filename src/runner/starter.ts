import { fork, type ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { reason } from '../domain/error.ts'
import type { ScraperCommand } from './command.ts'

const PROGRAM = new URL(`./starter-process${extname(fileURLToPath(import.meta.url))}`, import.meta.url)

/** What the starter is told to start. */
export interface Order extends ScraperCommand {
  id: number
  env: Record<string, string>
  cwd: string
}

/** What it is told now and then, and says in answer, to show that it is there. */
export type Beat = 'beat'

/** What it says of an order; a stream comes with the first two. Its words come in the order of what it was told. */
export type Word = { id: number } & (
  | { stdout: true; pid: number; started: number | undefined }
  | { stderr: true }
  | { exit: Exit }
  | { refused: string | null; message: string }
)

/** Both null: nobody knows how it ended. */
export interface Exit {
  exit_code: number | null
  signal: string | null
}

/** A process as it runs, leader of its own session. */
export interface Started {
  pid: number
  /** As `Process.started`. */
  started: number | undefined
  stdout: Socket
  stderr: Socket
  /** Resolves when it has been waited for: from then on its numbers may be given out again. */
  exit: Promise<Exit>
}

/** As far as anybody knows; where the starter was lost, the process may be there all the same. */
export interface Refused {
  /** Of the system's error. */
  code: string | null
  message: string
}

interface Asked {
  leader?: Pick<Started, 'pid' | 'started' | 'stdout'>
  /** Whether both its streams came. */
  runs: boolean
  /** Beats that were answered since it was asked. */
  beats: number
  begun: PromiseWithResolvers<Started | Refused>
  exit: PromiseWithResolvers<Exit>
}

// Not by the Clock of a runner: the program must not wait for these.
/** Milliseconds without work after which it goes. */
const IDLE = 10_000
/** Milliseconds between two beats while there is work. */
const PAUSE = 5_000
/** Beats without a word after which it is given up. Counted, since whoever stops the engine stops the counting too. */
const PATIENCE = 12

/**
 * Has processes started by a small process of its own (see starter-process.ts), which is there while it is needed:
 * from ours it takes milliseconds in which nothing else goes on, the more of them the larger the database is.
 */
class Starter {
  #process: ChildProcess | undefined
  #last = 0
  #silent = 0
  #beats: NodeJS.Timeout | undefined
  #end: NodeJS.Timeout | undefined
  readonly #asked = new Map<number, Asked>()

  start(command: ScraperCommand, place: Pick<Order, 'env' | 'cwd'>): Promise<Started | Refused> {
    const id = ++this.#last
    const begun = Promise.withResolvers<Started | Refused>()
    this.#asked.set(id, { runs: false, beats: 0, begun, exit: Promise.withResolvers() })
    clearTimeout(this.#end)
    this.#beats ??= setInterval(() => this.#beat(), PAUSE).unref()
    try {
      const child = (this.#process ??= this.#fork())
      child.channel?.ref()
      // Where it could not be started itself, it has an error to tell of.
      if (child.pid !== undefined) {
        child.send({ id, ...command, ...place } satisfies Order, (error) => {
          if (error) this.#refuse(id, notStarted(error))
        })
      }
    } catch (error) {
      this.#refuse(id, notStarted(error))
    }
    return begun.promise
  }

  #fork(): ChildProcess {
    const child = fork(PROGRAM, [String(process.pid)], {
      cwd: '/',
      env: {},
      execArgv: [],
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.unref()
    this.#silent = 0
    child.on('message', (word, stream) => {
      if (this.#process === child) this.#hear(word as Word | Beat, stream as Socket | undefined)
      else (stream as Socket | undefined)?.destroy()
    })
    child.on('error', (error) => this.#lost(child, error))
    child.once('exit', () => this.#lost(child, ENDED))
    return child
  }

  #beat(): void {
    this.#silent += 1
    if (this.#silent > PATIENCE) this.#process?.kill('SIGKILL')
    else if (this.#process?.connected) this.#process.send('beat' satisfies Beat, () => {})
  }

  #hear(word: Word | Beat, stream: Socket | undefined): void {
    this.#silent = 0
    if (word === 'beat') return this.#answered()
    const { id } = word
    const asked = this.#asked.get(id)
    if (!asked) stream?.destroy()
    else if ('refused' in word) this.#refuse(id, { code: word.refused, message: word.message })
    else if ('exit' in word) {
      if (!asked.runs) return this.#refuse(id, UNHEARD)
      asked.exit.resolve(word.exit)
      this.#forget(id)
    } else if (stream && 'stdout' in word) {
      asked.leader = { pid: word.pid, started: word.started, stdout: stream }
    } else if (stream && asked.leader) {
      asked.runs = true
      asked.begun.resolve({ ...asked.leader, stderr: stream, exit: asked.exit.promise })
    } else stream?.destroy()
  }

  /** What it had to say of orders from before the beat has come, or never will: a refusal takes it a moment. */
  #answered(): void {
    for (const [id, asked] of this.#asked) {
      asked.beats += 1
      if (!asked.runs && asked.beats > 1) this.#refuse(id, UNHEARD)
    }
  }

  #refuse(id: number, refused: Refused): void {
    const asked = this.#asked.get(id)
    if (!asked?.runs) asked?.leader?.stdout.destroy()
    asked?.begun.resolve(refused)
    this.#forget(id)
  }

  #forget(id: number): void {
    if (!this.#asked.delete(id) || this.#asked.size > 0) return
    clearInterval(this.#beats)
    this.#beats = undefined
    const child = this.#process
    child?.channel?.unref()
    this.#end = setTimeout(() => {
      if (!child || this.#process !== child) return
      this.#process = undefined
      child.disconnect()
    }, IDLE).unref()
  }

  /** Somebody killed it: how what it started ends nobody will know. */
  #lost(child: ChildProcess, why: unknown): void {
    if (this.#process !== child) return
    this.#process = undefined
    for (const [id, { exit }] of this.#asked) {
      exit.resolve({ exit_code: null, signal: null })
      this.#refuse(id, notStarted(why))
    }
  }
}

/** Nothing is wrong with the program: another try may be luckier. */
function notStarted(why: unknown): Refused {
  return { code: 'EAGAIN', message: `nothing can be started at present: ${reason(why)}` }
}

/** It runs, but its streams did not come to us: the system hands none over where too many files are open. */
const UNHEARD = notStarted('what it says cannot be heard; are too many files open?')

/** Where it goes on, mostly another version was installed under a Zafra at work. */
const ENDED = 'the process that starts scrapers has ended; if that goes on, start Zafra again'

/** One for the whole process, however many runners it has. */
export const starter = new Starter()
