import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../domain/config.ts'
import type { Engine } from '../../domain/engine.ts'
import { ZafraError } from '../../domain/error.ts'
import { attach } from '../attach.ts'
import type { Io } from '../command.ts'
import { PROGRAM } from '../package.ts'

const LOOK_MS = 50
/** A large database, or one of an older program, takes its time to open. */
const PATIENCE_MS = 5 * 60_000

/** Where a daemon that was started so says what it does. */
export function daemonLog(config: Config): string {
  return join(config.paths.logs, 'daemon.log')
}

/**
 * Starts a daemon in a session of its own and waits until it answers. The engine is to be closed by the caller.
 * @throws ZafraError `no_engine` where it ends before that, `workspace_owned` where it does not answer for minutes
 */
export async function startDaemon(config: Config, io: Io): Promise<Engine> {
  const path = daemonLog(config)
  mkdirSync(config.paths.logs, { recursive: true, mode: 0o700 })
  // What only the system says of a process that dies goes to its log as well.
  const file = openSync(path, 'a', 0o600)
  const { NOTIFY_SOCKET: _notify, ...env } = io.env
  const daemon = spawn(
    process.execPath,
    [PROGRAM, 'daemon', 'run', '--workspace', config.workspace, '--log', path],
    { cwd: config.workspace, env, detached: true, stdio: ['ignore', file, file] },
  )
  closeSync(file)
  let end: string | undefined
  daemon.on('error', (error) => (end = error.message))
  daemon.on('exit', (status, signal) => (end = `it ended with ${signal ?? `status ${status}`}`))
  daemon.unref()
  const deadline = io.clock.monotonic() + PATIENCE_MS
  for (;;) {
    const engine = await attach(config, io.clock)
    if (engine) return engine
    if (end !== undefined) {
      throw new ZafraError(
        'no_engine',
        `the daemon did not come up: ${end}; ${path} ends with:\n${lastLine(path)}`,
      )
    }
    if (io.clock.monotonic() >= deadline) {
      throw new ZafraError(
        'workspace_owned',
        `the daemon, process ${daemon.pid}, does not answer; ${path} says more`,
      )
    }
    await new Promise<void>((resolve) => io.clock.after(LOOK_MS, resolve))
  }
}

function lastLine(path: string): string {
  return readFileSync(path, 'utf8').trimEnd().split('\n').at(-1) ?? ''
}
