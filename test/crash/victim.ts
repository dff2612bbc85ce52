import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Said } from './said.ts'

const ENGINE = fileURLToPath(new URL('engine.ts', import.meta.url))

/** A process with an engine, to be killed. */
export interface Victim {
  /** Resolves when it has loaded and waits to be let go. */
  loaded: Promise<void>
  /** Lets it open the workspace; `hear` hears every line, in order. */
  go(hear: (said: Said) => void): void
  /** Resolves when it is dead and every line of it was heard. */
  kill(): Promise<void>
  /** Lets it end what it does and close. */
  end(): Promise<void>
  /** Rejects if it ends by itself. */
  alive: Promise<never>
}

/** It loads at once, so that this goes on while its predecessor works. */
export function loadVictim(workspace: string, seed: number): Victim {
  const child = spawn(process.execPath, [ENGINE, workspace, String(seed)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'zafra-crash-cache') },
  })
  const loaded = Promise.withResolvers<void>()
  const closed = once(child, 'close')
  let stderr = ''
  let wanted = false
  let hear: (said: Said) => void = () => loaded.resolve()
  child.stderr.on('data', (data) => (stderr += String(data)))
  createInterface(child.stdout).on('line', (line) => {
    // The kill can cut the last line short: it was not said.
    if (line.endsWith('}')) hear(JSON.parse(line) as Said)
  })
  const alive = closed.then(([code]: unknown[]): Promise<never> => {
    if (!wanted) throw new Error(`the engine ended by itself with ${String(code)}: ${stderr}`)
    return new Promise(() => {})
  })
  alive.catch(() => {})
  return {
    loaded: Promise.race([loaded.promise, alive]),
    alive,
    go(listener) {
      hear = listener
      child.stdin.write('go\n')
    },
    async kill() {
      wanted = true
      child.kill('SIGKILL')
      await closed
    },
    async end() {
      wanted = true
      child.stdin.end()
      const [code] = (await closed) as [number | null]
      if (code !== 0) throw new Error(`the engine closed with ${code}: ${stderr}`)
    },
  }
}
