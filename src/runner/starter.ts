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

/** What it says of an order; a stream comes with the first two. */
export type Word = { id: number } & (
  | { stdout: true; pid: number; started: number | undefined }
  | { stderr: true }
  | { exit: Exit }
  | { refused: string | null; message: string }
)

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

export interface Refused {
  /** Of the system's error. */
  code: string | null
  message: string
}

interface Asked {
  leader?: Pick<Started, 'pid' | 'started' | 'stdout'>
  begun: PromiseWithResolvers<Started | Refused>
  exit: PromiseWithResolvers<Exit>
}

/** Milliseconds without work after which it goes. */
const IDLE = 10_000

/**
 * Has processes started by a small process of its own (see starter-process.ts), which is there while it is needed:
 * from ours it takes milliseconds in which nothing else goes on, the more of them the larger the database is.
 */
class Starter {
  #process: ChildProcess | undefined
  #last = 0
  #end: NodeJS.Timeout | undefined
  readonly #asked = new Map<number, Asked>()

  start(command: ScraperCommand, place: Pick<Order, 'env' | 'cwd'>): Promise<Started | Refused> {
    const id = ++this.#last
    const asked: Asked = { begun: Promise.withResolvers(), exit: Promise.withResolvers() }
    clearTimeout(this.#end)
    this.#asked.set(id, asked)
    try {
      const child = (this.#process ??= this.#fork())
      child.channel?.ref()
      child.send({ id, ...command, ...place } satisfies Order, (error) => {
        if (error) this.#refuse(id, notStarted(error))
      })
    } catch (error) {
      this.#refuse(id, notStarted(error))
    }
    return asked.begun.promise
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
    child.on('message', (word, stream) => this.#hear(word as Word, stream as Socket | undefined))
    child.once('error', () => this.#lost(child))
    child.once('exit', () => this.#lost(child))
    return child
  }

  #hear(word: Word, stream: Socket | undefined): void {
    const asked = this.#asked.get(word.id)
    if (!asked) return
    if ('refused' in word) return this.#refuse(word.id, { code: word.refused, message: word.message })
    if ('exit' in word) {
      asked.exit.resolve(word.exit)
      return this.#forget(word.id)
    }
    if (!stream) return
    if ('stdout' in word) asked.leader = { pid: word.pid, started: word.started, stdout: stream }
    else if (asked.leader) asked.begun.resolve({ ...asked.leader, stderr: stream, exit: asked.exit.promise })
  }

  #refuse(id: number, refused: Refused): void {
    this.#asked.get(id)?.begun.resolve(refused)
    this.#forget(id)
  }

  #forget(id: number): void {
    this.#asked.delete(id)
    const child = this.#process
    if (!child || this.#asked.size > 0) return
    child.channel?.unref()
    // Not by the Clock of a runner: the program must not wait for this.
    this.#end = setTimeout(() => {
      this.#process = undefined
      child.disconnect()
    }, IDLE).unref()
  }

  /** Somebody killed it: how what it started ends nobody will know. */
  #lost(child: ChildProcess): void {
    if (this.#process !== child) return
    this.#process = undefined
    for (const [id, { begun, exit }] of this.#asked) {
      begun.resolve(notStarted('the process that starts scrapers has ended'))
      exit.resolve({ exit_code: null, signal: 'SIGKILL' })
      this.#asked.delete(id)
    }
  }
}

/** Nothing is wrong with the program: another try may be luckier. */
function notStarted(why: unknown): Refused {
  return { code: 'EAGAIN', message: `nothing can be started at present: ${reason(why)}` }
}

/** One for the whole process, however many runners it has. */
export const starter = new Starter()
