import { isMissing, unlinkIfThere, writeFile, type Files } from './files.ts'
import type { Names } from './names.ts'

/**
 * Puts `bytes` in the place of the database file, whole or not at all, and keeps what stood there as the
 * previous snapshot. Whoever has the old file open goes on reading the old one.
 */
export async function replaceSnapshot(files: Files, names: Names, bytes: Uint8Array): Promise<void> {
  await unlinkIfThere(files, names.unfinished)
  await writeFile(files, names.unfinished, bytes)
  await keepPrevious(files, names)
  await files.rename(names.unfinished, names.snapshot)
  await files.syncFolder(names.folder)
}

/** By way of another name, so that there is a previous snapshot at every moment. */
async function keepPrevious(files: Files, names: Names): Promise<void> {
  await unlinkIfThere(files, names.nextPrevious)
  try {
    await files.link(names.snapshot, names.nextPrevious)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  await files.rename(names.nextPrevious, names.previous)
}
