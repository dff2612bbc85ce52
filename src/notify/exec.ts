import { spawn, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import type { ChannelConfig } from '../domain/config.ts'
import type { Sent } from '../domain/notice.ts'
import { bodyOf } from './body.ts'
import type { Sending } from './sending.ts'

/** What a program of the user is given besides what the channel passes on. */
const ORDINARY = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR']

/** Characters kept of the end of what it said on standard error. */
const KEPT = 300

/**
 * A program with the JSON on its standard input, in the workspace, without a shell. Exit status 0 is success. When its
 * time is over its whole process group is killed.
 */
export async function runProgram(
  channel: Extract<ChannelConfig, { type: 'exec' }>,
  sending: Sending,
): Promise<Sent> {
  const { env, workspace, signal } = sending
  const [file = '', ...args] = channel.command
  const names = [...ORDINARY, ...channel.pass_env]
  const child = spawn(file.startsWith('.') ? resolve(workspace, file) : file, args, {
    cwd: workspace,
    env: Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  })
  const ended = ending(child)
  const stop = () => killGroup(child)
  signal.addEventListener('abort', stop, { once: true })
  // One that ends without reading is no fault of the pipe's.
  child.stdin.on('error', () => {})
  child.stdin.end(`${bodyOf(sending)}\n`)
  try {
    const fault = await ended
    if (signal.aborted) throw signal.reason
    return fault === null ? { sent: true } : { sent: false, reason: fault, final: false, wait_s: null }
  } finally {
    signal.removeEventListener('abort', stop)
    // What it left behind in its group goes with it.
    killGroup(child)
  }
}

/** Null: it ended well; else why not. */
function ending(child: ChildProcess): Promise<string | null> {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-KEPT)
  })
  return new Promise((done) => {
    child.on('error', (error) => done(error.message))
    // Not `close`: whoever inherited its standard error could hold that up for ever.
    child.on('exit', (status, signal) => {
      setImmediate(() => {
        child.stderr?.destroy()
        const how = signal === null ? `exit status ${status}` : `ended by ${signal}`
        done(status === 0 ? null : said.trim() === '' ? how : `${how}: ${said.trim()}`)
      })
    })
  })
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing is left of it.
  }
}
