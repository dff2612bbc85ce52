import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../domain/config.ts'
import { stateFolder } from '../attach.ts'

type Workspace = Pick<Config, 'workspace'>

/** Which process is the daemon of a workspace; true only as long as that process has the workspace. */
export interface DaemonRecord {
  pid: number
  /** UTC, ISO 8601. */
  started_at: string
  /** Seconds that what runs may take to end, by the configuration in force there; and the grace of what is stopped then. */
  drain_timeout: number
  grace: number
}

export function writeRecord(workspace: Workspace, record: DaemonRecord): void {
  const path = recordPath(workspace)
  writeFileSync(`${path}.new`, JSON.stringify(record), { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

export function readRecord(workspace: Workspace): DaemonRecord | undefined {
  try {
    return JSON.parse(readFileSync(recordPath(workspace), 'utf8')) as DaemonRecord
  } catch {
    return undefined
  }
}

export function dropRecord(workspace: Workspace): void {
  rmSync(recordPath(workspace), { force: true })
}

function recordPath(workspace: Workspace): string {
  return join(stateFolder(workspace), 'daemon.json')
}
