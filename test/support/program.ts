import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The launcher of the built program; `npm test` builds first. */
export const PROGRAM = fileURLToPath(new URL('../../bin/zafra.js', import.meta.url))

export interface Ended {
  status: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

export interface Started {
  process: ChildProcess
  ended: Promise<Ended>
  /** Resolves when standard output and error together hold it; rejects when the program ends without it. */
  says(wanted: RegExp): Promise<void>
}

export interface RunOptions {
  cwd?: string
  env?: Record<string, string>
  /** The Node to run it with, and its own arguments. */
  node?: readonly string[]
  program?: string
}

/** Starts `zafra` as a process of its own, without a terminal and with nothing of our environment but the path. */
export function start(args: readonly string[], options: RunOptions = {}): Started {
  const { cwd = tmpdir(), env = {}, node = [process.execPath], program = PROGRAM } = options
  const [file = process.execPath, ...own] = node
  const child = spawn(file, [...own, program, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A session of its own: no terminal of ours is its terminal.
    detached: true,
  })
  const text = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => resolve({ status, signal, ...text }))
  })
  return {
    process: child,
    ended,
    async says(wanted) {
      const said = Promise.withResolvers<void>()
      const look = () => wanted.test(text.stdout + text.stderr) && said.resolve()
      listeners.add(look)
      look()
      const over = ended.then((end) => {
        throw new Error(`it ended without saying ${wanted}: ${JSON.stringify(end)}`)
      })
      await Promise.race([said.promise, over])
    },
  }
}

/** Runs `zafra` to its end. */
export function zafra(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return start(args, options).ended
}

/** A folder that is gone when the test file is done with it. */
export function temporaryFolder(): { path: string; [Symbol.dispose](): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'zafra-test-')))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Writes files, executable ones included, under `folder`. */
export function writeTree(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), contents)
  }
}

/** The sources in the files of the build among these addresses, a line each. */
export function sourcesOf(addresses: string): string[] {
  const files = addresses.split('\n').filter((address) => address.includes('/dist/program/'))
  return files.flatMap((file) =>
    [...readFileSync(new URL(file), 'utf8').matchAll(/^\/\/ (\S+\/\S+)$/gm)].map(([, source = '']) => source),
  )
}
