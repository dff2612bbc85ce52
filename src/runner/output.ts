import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Checked } from '../domain/check.ts'
import type { ErrorClass } from '../domain/error-class.ts'
import { reason, ZafraError } from '../domain/error.ts'
import { FORMAT_BYTES, foreignFormat } from '../csv/format.ts'
import { CsvShape } from '../csv/shape.ts'

// The one step that waits for the disk; the others are quicker at once than by way of the thread pool.
const sync = promisify(fsync)

const CHUNK = 64 * 1024

/** Where an attempt's output stands while it is written and after. Absolute. */
export interface OutputFiles {
  final: string
  partial: string
  state: string
  /** Rows that the checks took out. */
  quarantine: string
}

/** What became of the output of a scraper that ended with exit status 0. */
export type OutputVerdict = ({ rows: number; bytes: number } | { refused: ErrorClass; message: string }) & {
  /** Absent where nothing was checked. */
  checked?: Checked
}

/** The checks on what the rows hold, after those on the file's shape; null: none. */
type Check = ((file: string) => Promise<Checked>) | null

export function outputFiles(final: string): OutputFiles {
  return {
    final,
    partial: `${final}.partial`,
    state: `${final}.state`,
    quarantine: final.replace(/(?:\.csv)?$/, '.quarantine.csv'),
  }
}

/**
 * Makes the output's folder and removes what an earlier attempt left, unless a scraper can go on from it: for
 * that it needs both the rows and the state that says how far they reach.
 * @returns whether it can
 * @throws ZafraError `storage` where the folder would lie outside of `dataFolder`
 */
export function prepareOutput(files: OutputFiles, dataFolder: string): boolean {
  const folder = dirname(files.final)
  refuseWayOut(dataFolder, folder)
  mkdirSync(folder, { recursive: true })
  const [partial, state] = [existsSync(files.partial), existsSync(files.state)]
  if (partial !== state) rmSync(partial ? files.partial : files.state, { recursive: true, force: true })
  return partial && state
}

/**
 * Checks the partial output and gives it its final name, durably; or says why not and leaves it as it is
 * (source: scraper-contract.md, Output). What `check` refuses is not gone on from: the next attempt begins anew.
 * @param complete whether the scraper said that it delivered everything there was
 */
export async function acceptOutput(
  files: OutputFiles,
  complete: boolean,
  check: Check,
): Promise<OutputVerdict> {
  let file: number | undefined
  try {
    // NOFOLLOW: a link would name a file of somebody else; NONBLOCK: a FIFO would hold us up for ever.
    file = openSync(files.partial, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const shape = await examine(file, complete)
    if ('refused' in shape) return shape
    const checked = await check?.(files.partial)
    if (checked?.verdict === 'failed') {
      rmSync(files.state, { force: true })
      return { refused: 'output', message: refusal(checked), checked }
    }
    // Bad rows were taken out into another file of the same name.
    closeSync(file)
    file = undefined
    file = openSync(files.partial, constants.O_RDONLY | constants.O_NOFOLLOW)
    await sync(file)
    const verdict = {
      rows: checked?.facts.rows ?? shape.rows,
      bytes: fstatSync(file).size,
      ...(checked && { checked }),
    }
    renameSync(files.partial, files.final)
    await syncFolder(dirname(files.final))
    rmSync(files.state, { force: true })
    return verdict
  } catch (thrown) {
    const message = `no usable output at ${files.partial}: ${reason(thrown)}`
    return { refused: 'output', message }
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

function refusal({ findings }: Checked): string {
  const failed = findings.filter(({ verdict }) => verdict === 'failed')
  return `the checks refuse the output: ${failed.map(({ message }) => message).join('; ')}`
}

const REMEDY = 'the scraper must write rows of comma-separated values under one header to SCRAPER_OUTPUT_FILE'

/** Gives way to other work between the pieces of a large file. */
async function examine(
  file: number,
  complete: boolean,
): Promise<{ rows: number } | { refused: ErrorClass; message: string }> {
  const facts = fstatSync(file)
  if (!facts.isFile()) return { refused: 'output', message: 'the output is not a regular file' }
  const shape = new CsvShape()
  const buffer = Buffer.allocUnsafe(Math.min(facts.size + 1, CHUNK))
  for (let first = true; ; first = false) {
    const read = readSync(file, buffer)
    const foreign = first && foreignFormat(buffer.subarray(0, Math.min(read, FORMAT_BYTES)))
    if (foreign) return { refused: 'output', message: `the output is ${foreign}, no CSV; ${REMEDY}` }
    shape.add(buffer.subarray(0, read))
    if (read < buffer.length) break
    await setImmediate()
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
  return { rows }
}

/** Symbolic links must not lead a write out of the data folder. */
function refuseWayOut(dataFolder: string, folder: string): void {
  // A data folder that is not there yet holds no links.
  if (!existsSync(dataFolder)) return
  const root = realpathSync.native(dataFolder)
  const real = realpathSync.native(existing(folder))
  if (real === root || real.startsWith(root + sep)) return
  throw new ZafraError(
    'storage',
    `the output would be written to ${real}, outside of ${root}; remove the link that leads there`,
  )
}

/** The deepest folder on the way to `folder` that exists. */
function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(dirname(folder))
}

async function syncFolder(path: string): Promise<void> {
  const folder = openSync(path, constants.O_RDONLY)
  try {
    await sync(folder)
  } finally {
    closeSync(folder)
  }
}
