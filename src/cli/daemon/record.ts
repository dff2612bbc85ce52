import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../domain/config.ts'
import { stateFolder } from '../attach.ts'

/** Which process is the daemon of a workspace; true only as long as that process has the workspace. */
export interface DaemonRecord {
  pid: number
  /** UTC, ISO 8601. */
  started_at: string
}

export function writeRecord(config: Config, record: DaemonRecord): void {
  const path = recordPath(config)
  writeFileSync(`${path}.new`, JSON.stringify(record), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

export function readRecord(config: Config): DaemonRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordPath(config), 'utf8')) as DaemonRecord
  } catch {
    return undefined
  }
}

export function dropRecord(config: Config): void {
  rmSync(recordPath(config), { force: true })
}

function recordPath(config: Config): string {
  return join(stateFolder(config), 'daemon.json')
}
