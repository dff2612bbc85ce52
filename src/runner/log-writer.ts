import { constants } from 'node:fs'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '../domain/clock.ts'
import type { LogStream } from '../domain/logs.ts'
import { lineStart, tailFolder } from './log-format.ts'

/** Bytes waiting for the disk above which the process is held up. */
const CONGESTED = 1024 * 1024
// Small enough to come out of Node's pool of buffers.
const SMALL_BLOCK = 2 * 1024
const BLOCK = 64 * 1024
/** The head takes half of the cap, the tail the other half in this many files. */
const TAIL_FILES = 4

/**
 * Writes one attempt's log (see log-format.ts). Never rejects: lines that the disk does not take are dropped,
 * and a note says so as soon as it takes one again.
 */
export class LogWriter {
  readonly #path: string
  readonly #cap: number
  readonly #clock: Clock
  readonly #relieved: () => void
  /** Full blocks of whole lines, then the block being filled. */
  #full: Buffer[] = []
  #block = Buffer.allocUnsafe(SMALL_BLOCK)
  #used = 0
  #waiting = 0
  #writing: Promise<void> | undefined
  #file: FileHandle | undefined
  /** Offset of the open file in the log, and bytes of whole lines in it. */
  #start = 0
  #size = 0
  #tail: string[] = []
  #lost = 0

  /** @param relieved called when the log was congested and no longer is */
  constructor(path: string, cap: number, clock: Clock, relieved: () => void) {
    this.#path = path
    this.#cap = cap
    this.#clock = clock
    this.#relieved = relieved
  }

  /** Whether lines come faster than the disk takes them. */
  get congested(): boolean {
    return this.#waiting > CONGESTED
  }

  line(stream: LogStream, bytes: Buffer, continued = false): void {
    const start = lineStart(this.#clock.now(), stream, continued)
    const size = start.length + bytes.length + 1
    this.#reserve(size)
    this.#used += this.#block.write(start, this.#used, 'latin1')
    this.#used += bytes.copy(this.#block, this.#used)
    this.#used = this.#block.writeUInt8(10, this.#used)
    this.#waiting += size
    this.#writing ??= this.#writeAll()
  }

  note(text: string): void {
    this.line('zafra', Buffer.from(text.replaceAll('\n', ' ')))
  }

  /** Resolves when all that can be written is. */
  async close(): Promise<void> {
    await this.#writing
    await this.#file?.close().catch(() => {})
  }

  #reserve(size: number): void {
    if (this.#used + size <= this.#block.length) return
    if (this.#used > 0) this.#full.push(this.#block.subarray(0, this.#used))
    this.#block = Buffer.allocUnsafe(Math.max(size, BLOCK))
    this.#used = 0
  }

  async #writeAll(): Promise<void> {
    for (let block = this.#take(); block; block = this.#take()) {
      await this.#write(block)
      const congested = this.congested
      this.#waiting -= block.length
      if (congested && !this.congested) this.#relieved()
    }
    this.#writing = undefined
  }

  #take(): Buffer | undefined {
    const full = this.#full.shift()
    if (full || this.#used === 0) return full
    const block = this.#block.subarray(0, this.#used)
    this.#block = Buffer.allocUnsafe(SMALL_BLOCK)
    this.#used = 0
    return block
  }

  async #write(block: Buffer): Promise<void> {
    const note = this.#lost > 0 ? this.#lossNote() : Buffer.alloc(0)
    const bytes = note.length > 0 ? Buffer.concat([note, block]) : block
    let done = 0
    try {
      const file = await this.#fileFor(bytes.length)
      while (done < bytes.length) {
        done += (await file.write(bytes, done, bytes.length - done, this.#size + done)).bytesWritten
      }
      this.#size += bytes.length
      this.#lost = 0
    } catch {
      // Whole lines stay: somebody may have read them already, and knows the next one by its place.
      const kept = bytes.subarray(0, done).lastIndexOf(10) + 1
      if (kept > 0) this.#lost = 0
      this.#lost += block.length - Math.max(kept - note.length, 0)
      this.#size += kept
      await this.#file?.truncate(this.#size).catch(() => {})
    }
  }

  #lossNote(): Buffer {
    const start = lineStart(this.#clock.now(), 'zafra', false)
    return Buffer.from(`${start}the disk did not take ${this.#lost} bytes of this log here\n`)
  }

  /** The file that takes the next `size` bytes. */
  async #fileFor(size: number): Promise<FileHandle> {
    const limit = this.#start === 0 ? this.#cap / 2 : this.#cap / 2 / TAIL_FILES
    if (!this.#file) this.#file = await this.#open(this.#path)
    else if (this.#size > 0 && this.#size + size > limit) await this.#nextFile()
    return this.#file
  }

  async #nextFile(): Promise<void> {
    const start = this.#start + this.#size
    const path = join(tailFolder(this.#path), String(start))
    const next = await this.#open(path)
    await this.#file?.close()
    this.#file = next
    this.#start = start
    this.#size = 0
    this.#tail.push(path)
    const oldest = this.#tail.length > TAIL_FILES ? this.#tail.shift() : undefined
    if (oldest) await rm(oldest, { force: true })
  }

  async #open(path: string): Promise<FileHandle> {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW
    try {
      return await open(path, flags, 0o600)
    } catch {
      // Mostly the folder is there already; making it is left to the first attempt that needs it.
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      return open(path, flags, 0o600)
    }
  }
}
