import { constants } from 'node:fs'
import { mkdir, open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, sep } from 'node:path'
import type { ErrorClass } from '../domain/error-class.ts'
import { reason, ZafraError } from '../domain/error.ts'
import { CsvShape } from './csv-shape.ts'

const CHUNK = 64 * 1024

/** Where an attempt's output stands while it is written and after. Absolute. */
export interface OutputFiles {
  final: string
  partial: string
  state: string
}

/** What became of the output of a scraper that ended with exit status 0. */
export type OutputVerdict = { rows: number; bytes: number } | { refused: ErrorClass; message: string }

export function outputFiles(final: string): OutputFiles {
  return { final, partial: `${final}.partial`, state: `${final}.state` }
}

/**
 * Makes the output's folder and removes what an earlier attempt left, unless a scraper can go on from it: for
 * that it needs both the rows and the state that says how far they reach.
 * @throws ZafraError `storage` where the folder would lie outside of `dataFolder`
 */
export async function prepareOutput(files: OutputFiles, dataFolder: string): Promise<void> {
  const folder = dirname(files.final)
  if (!(await existsInside(dataFolder, folder))) await mkdir(folder, { recursive: true })
  const [partial, state] = await Promise.all([exists(files.partial), exists(files.state)])
  if (partial !== state) await rm(partial ? files.partial : files.state, { recursive: true, force: true })
}

/**
 * Checks the partial output and gives it its final name, durably; or says why not and leaves it as it is
 * (source: scraper-contract.md, Output).
 * @param complete whether the scraper said that it delivered everything there was
 */
export async function acceptOutput(files: OutputFiles, complete: boolean): Promise<OutputVerdict> {
  try {
    // NOFOLLOW: a link would name a file of somebody else; NONBLOCK: a FIFO would hold us up for ever.
    const file = await open(files.partial, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const verdict = await examine(file, complete)
      if ('refused' in verdict) return verdict
      await file.sync()
      await rename(files.partial, files.final)
      await syncFolder(dirname(files.final))
      await rm(files.state, { force: true })
      return verdict
    } finally {
      await file.close()
    }
  } catch (thrown) {
    return { refused: 'output', message: `no usable output at ${files.partial}: ${reason(thrown)}` }
  }
}

async function examine(file: FileHandle, complete: boolean): Promise<OutputVerdict> {
  const facts = await file.stat()
  if (!facts.isFile()) return { refused: 'output', message: 'the output is not a regular file' }
  const shape = new CsvShape()
  const buffer = Buffer.allocUnsafe(Math.min(facts.size + 1, CHUNK))
  let bytes = 0
  for (;;) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length)
    if (bytesRead === 0) break
    shape.add(buffer.subarray(0, bytesRead))
    bytes += bytesRead
  }
  const { rows, header, torn } = shape.end()
  if (!header) return { refused: 'output', message: 'the output has no header' }
  if (torn) return { refused: 'output', message: 'the output ends inside a quoted field' }
  if (rows === 0 && !complete) {
    return {
      refused: 'layout_changed',
      message: 'the output has no rows, and the scraper did not say that there are none',
    }
  }
  return { rows, bytes }
}

/**
 * Whether `folder` exists; whatever exists of the way to it lies in `dataFolder`, or this throws: symbolic
 * links must not lead a write out of there.
 */
async function existsInside(dataFolder: string, folder: string): Promise<boolean> {
  const [root, real] = await Promise.all([existing(dataFolder), existing(folder)])
  // A data folder that is not there yet holds no links.
  if (root.whole && real.path !== root.path && !real.path.startsWith(root.path + sep)) {
    throw new ZafraError(
      'storage',
      `output would be written to ${real.path}, outside of ${root.path}; remove the link that leads there`,
    )
  }
  return real.whole
}

/** The real path of the deepest folder on the way to `folder` that exists, and whether that is all of it. */
async function existing(folder: string): Promise<{ path: string; whole: boolean }> {
  try {
    return { path: await realpath(folder), whole: true }
  } catch (thrown) {
    if (!isMissing(thrown) || dirname(folder) === folder) throw thrown
    return { path: (await existing(dirname(folder))).path, whole: false }
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, constants.O_RDONLY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (thrown) {
    if (isMissing(thrown)) return false
    throw thrown
  }
}

function isMissing(thrown: unknown): boolean {
  return (thrown as NodeJS.ErrnoException).code === 'ENOENT'
}
