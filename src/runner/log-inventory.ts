import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { tailFolder } from './log-format.ts'

/** The log of one attempt, as it stands on the disk. */
export interface StoredLog {
  batch_id: string
  /** `12-1.log` */
  name: string
  bytes: number
  /** When it was last written to, milliseconds since 1970. */
  written: number
}

const LOG = /^\d+-\d+\.log$/
/** Files that are looked at side by side. */
const ABREAST = 128

/** The folders of batches in the folder of the logs. */
export async function batchFolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

/** The logs of one batch; whatever else is in its folder is none of ours. */
export async function storedLogs(folder: string, batch_id: string): Promise<StoredLog[]> {
  const names = (await readdir(join(folder, batch_id)).catch(() => [])).filter((name) => LOG.test(name))
  const logs: StoredLog[] = []
  for (let at = 0; at < names.length; at += ABREAST) {
    const some = names.slice(at, at + ABREAST)
    logs.push(...(await Promise.all(some.map((name) => storedLog(folder, batch_id, name)))))
  }
  return logs
}

async function storedLog(folder: string, batch_id: string, name: string): Promise<StoredLog> {
  const path = join(folder, batch_id, name)
  const tail = await readdir(tailFolder(path)).catch(() => [])
  const files = [path, ...tail.map((start) => join(tailFolder(path), start))]
  const facts = await Promise.all(files.map((file) => stat(file).catch(() => undefined)))
  const log: StoredLog = { batch_id, name, bytes: 0, written: 0 }
  for (const each of facts) {
    log.bytes += each?.size ?? 0
    log.written = Math.max(log.written, each?.mtimeMs ?? 0)
  }
  return log
}
