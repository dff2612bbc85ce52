import { constants } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, stat, unlink } from 'node:fs/promises'

/**
 * The file system as the store needs it: the one place where a write to the disk can fail. Every call rejects
 * with the system's own error (`code` ENOENT, ENOSPC, EIO, …).
 */
export interface Files {
  read(path: string): Promise<Uint8Array>
  /** `identity`: another after every change of the file, whoever made it. */
  stat(path: string): Promise<{ bytes: number; modified: Date; identity: string }>
  /** Names of the entries; of a folder that does not exist, none. */
  list(folder: string): Promise<string[]>
  makeFolder(folder: string): Promise<void>
  /**
   * A new file, readable by its owner alone; EEXIST where there is one.
   * @param durable each write is on the disk when it resolves: one call instead of a write and a sync
   */
  create(path: string, durable?: boolean): Promise<OpenFile>
  rename(from: string, to: string): Promise<void>
  link(existing: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  /** Makes the names in the folder durable. */
  syncFolder(folder: string): Promise<void>
}

export interface OpenFile {
  /** Returns how many bytes reached the file: may be fewer than asked. */
  write(bytes: Uint8Array, position: number): Promise<number>
  sync(): Promise<void>
  truncate(length: number): Promise<void>
  close(): Promise<void>
}

export const diskFiles: Files = {
  read: async (path) => await readFile(path),
  async stat(path) {
    const { ino, size, mtime, mtimeNs } = await stat(path, { bigint: true })
    return { bytes: Number(size), modified: mtime, identity: `${ino} ${size} ${mtimeNs}` }
  },
  async list(folder) {
    try {
      return await readdir(folder)
    } catch (error) {
      if (isMissing(error)) return []
      throw error
    }
  },
  async makeFolder(folder) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  },
  async create(path, durable = false) {
    const { O_CREAT, O_EXCL, O_WRONLY, O_DSYNC } = constants
    const file = await open(path, O_CREAT | O_EXCL | O_WRONLY | (durable ? O_DSYNC : 0), 0o600)
    return {
      write: async (bytes, position) => (await file.write(bytes, 0, bytes.length, position)).bytesWritten,
      sync: async () => await file.datasync(),
      truncate: async (length) => await file.truncate(length),
      close: async () => await file.close(),
    }
  },
  rename,
  link,
  unlink,
  async syncFolder(folder) {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

/** Writes all of `bytes`, however little the system takes at a time. */
export async function writeAll(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const count = await file.write(bytes.subarray(written), position + written)
    if (count === 0) throw new Error('the system wrote nothing')
    written += count
  }
}

/** Writes a new file, piece after piece, and syncs it; leaves none behind where that fails. */
export async function writeFile(files: Files, path: string, pieces: Iterable<Uint8Array>): Promise<void> {
  const file = await files.create(path)
  try {
    let position = 0
    for (const piece of pieces) {
      await writeAll(file, piece, position)
      position += piece.length
    }
    await file.sync()
  } catch (error) {
    await file.close()
    await files.unlink(path)
    throw error
  }
  await file.close()
}

export async function unlinkIfThere(files: Files, path: string): Promise<void> {
  try {
    await files.unlink(path)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
}
