import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { reason, ZafraError } from '../../domain/error.ts'

/** Takes text or bytes and resolves when there is room for more. */
export type Put = (chunk: string | Uint8Array) => Promise<void>

/**
 * The file at `path` from what `fill` puts: whole and on the disk, or not at all. What is no regular file (a device,
 * a pipe) is written to as it is.
 * @throws ZafraError `storage`; what `fill` throws
 */
export async function writeWhole(path: string, fill: (put: Put) => Promise<void>): Promise<void> {
  const facts = await stat(path).catch(() => undefined)
  if (facts?.isDirectory()) throw new ZafraError('usage', `${path} is a folder; -o names a file`)
  const direct = facts !== undefined && !facts.isFile()
  const beside = direct ? path : join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  const file = await open(beside, 'w', 0o600).catch(refuse(path))
  try {
    await fill(async (chunk) => {
      // appendFile goes on until every byte is written.
      await file.appendFile(chunk).catch(refuse(path))
    })
    if (!direct) await file.sync().catch(refuse(path))
    await file.close()
    if (!direct) await rename(beside, path).catch(refuse(path))
  } catch (error) {
    await file.close().catch(() => {})
    if (!direct) await rm(beside, { force: true })
    throw error
  }
}

function refuse(path: string): (error: unknown) => never {
  return (error) => {
    throw new ZafraError('storage', `${path} cannot be written: ${reason(error)}`, { cause: error })
  }
}
