import type { Clock } from '../../domain/clock.ts'
import type { Files } from './files.ts'
import type { Names } from './names.ts'
import { identities, SnapshotFile } from './snapshot-file.ts'

/** Puts `bytes` in the place of a database that nobody has open; what stood there is the previous snapshot then. */
export async function putWhole(files: Files, names: Names, clock: Clock, bytes: Uint8Array): Promise<void> {
  const file = new SnapshotFile(files, names, clock, await identities(files, names), () => {})
  await file.replace(bytes)
}
