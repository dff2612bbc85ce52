import { readdir, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import { reason, ZafraError } from '../domain/error.ts'
import type { LogRetention, PrunedLogs } from '../domain/logs.ts'
import { tailFolder } from './log-format.ts'
import { batchFolders, storedLogs, type StoredLog } from './log-inventory.ts'
import { RECORD, recordRemoval } from './log-removed.ts'

/** How long it is told that the logs of a batch were removed. */
const RECORD_MS = 365 * 24 * 3600 * 1000

/** The logs of one batch that one rule lets go. */
interface Due extends PrunedLogs {
  names: string[]
}

type Settings = Pick<Config, 'paths' | 'logs'>

export function createLogRetention(config: Settings, clock: Clock): LogRetention {
  return {
    async prune(spared) {
      const folder = config.paths.logs
      const pruned: PrunedLogs[] = []
      let failure: unknown
      for (const { names, ...each } of await findDue(config, clock, spared)) {
        if (spared(each.batch_id)) continue
        await recordRemoval(join(folder, each.batch_id), {
          at: clock.now().toISOString(),
          rule: each.rule,
          logs: names,
        }).catch(() => {
          // A full disk: making room matters more than the record of it.
        })
        try {
          for (const name of names) await removeLog(join(folder, each.batch_id, name))
          pruned.push(each)
        } catch (error) {
          failure = error
        }
      }
      await forgetRecords(folder, clock.now())
      if (failure === undefined) return pruned
      const message = `a log in ${folder} cannot be removed: ${reason(failure)}`
      throw new ZafraError('storage', message, { cause: failure })
    },
  }
}

/** What `prune` would remove. */
export async function dueLogs(
  config: Settings,
  clock: Clock,
  spared: (batch_id: string) => boolean,
): Promise<PrunedLogs[]> {
  return (await findDue(config, clock, spared)).map(({ names: _names, ...due }) => due)
}

/** The oldest first. A limit of 0 is none. */
async function findDue(
  { paths, logs: { retention, retention_bytes } }: Settings,
  clock: Clock,
  spared: (batch_id: string) => boolean,
): Promise<Due[]> {
  const oldest = retention > 0 ? clock.now().getTime() - retention * 1000 : Number.NEGATIVE_INFINITY
  const most = retention_bytes > 0 ? retention_bytes : Number.POSITIVE_INFINITY
  const stored: StoredLog[] = []
  let total = 0
  for (const batch_id of await batchFolders(paths.logs)) {
    const own = await storedLogs(paths.logs, batch_id)
    for (const { bytes } of own) total += bytes
    if (!spared(batch_id)) stored.push(...own)
  }
  const due = new Map<string, Due>()
  for (const log of stored.toSorted((a, b) => a.written - b.written)) {
    const rule = log.written < oldest ? 'age' : total > most ? 'bytes' : undefined
    if (!rule) break
    total -= log.bytes
    const key = `${log.batch_id}/${rule}`
    const sum = due.get(key) ?? { batch_id: log.batch_id, rule, logs: 0, bytes: 0, names: [] }
    due.set(key, sum)
    sum.logs += 1
    sum.bytes += log.bytes
    sum.names.push(log.name)
  }
  return [...due.values()]
}

async function removeLog(path: string): Promise<void> {
  // Its tail first: a log without its head is one that was removed.
  await rm(tailFolder(path), { recursive: true, force: true })
  await rm(path, { force: true })
}

/** Lets the folders go that hold nothing but an old record. */
async function forgetRecords(folder: string, now: Date): Promise<void> {
  for (const batch_id of await batchFolders(folder)) {
    const names = await readdir(join(folder, batch_id)).catch(() => [])
    if (names.length !== 1 || names[0] !== RECORD) continue
    const record = join(folder, batch_id, RECORD)
    const facts = await stat(record).catch(() => undefined)
    if (!facts || facts.mtimeMs > now.getTime() - RECORD_MS) continue
    await rm(record, { force: true })
    await rmdir(join(folder, batch_id)).catch(() => {})
  }
}
