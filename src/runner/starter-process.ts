import type { Socket } from 'node:net'
import { execa } from 'execa'
import { reason } from '../domain/error.ts'
import { startOf } from './processes.ts'
import type { Beat, Order, Word } from './starter.ts'

/*
 * The program that starts scrapers for an engine. To start a process, a process is copied first, and that takes the
 * longer the more memory it has: this one has little, and nobody waits in it. It ends with its engine.
 */

function say(word: Word | Beat): void {
  if (process.connected) process.send?.(word)
}

/** Hands a stream over as it is: what it already said stays in the pipe for who gets it. */
function handOver(word: Word, stream: Socket): void {
  // Node reads a new stream before anybody asks; there is no public way to keep it from that.
  const { _handle: handle } = stream as Socket & { _handle: { readStop(): void } | null }
  handle?.readStop()
  process.send?.(word, stream, undefined, () => stream.destroy())
}

/** Never rejects: with it would go all that is known of the others. */
async function start(order: Order): Promise<void> {
  try {
    await startNow(order)
  } catch (error) {
    const { code = null } = error as NodeJS.ErrnoException
    say({ id: order.id, refused: code, message: reason(error) })
  }
}

async function startNow({ id, file, args, env, cwd }: Order): Promise<void> {
  const child = execa(file, args, {
    env,
    cwd,
    extendEnv: false,
    detached: true,
    stdin: 'ignore',
    buffer: false,
    reject: false,
  })
  if (child.pid === undefined) {
    const { code, shortMessage } = await child
    say({ id, refused: code ?? null, message: shortMessage ?? `cannot start ${file}` })
    return
  }
  child.nodeChildProcess.once('exit', (exit_code, signal) => say({ id, exit: { exit_code, signal } }))
  handOver({ id, stdout: true, pid: child.pid, started: startOf(child.pid) }, child.stdout as Socket)
  handOver({ id, stderr: true }, child.stderr as Socket)
}

const engine = Number(process.argv[2])

process.on('message', (told: Order | Beat) => {
  if (told === 'beat') say(told)
  // What a dead engine still wanted must not begin: the next one looks for what is left only once.
  else if (process.ppid === engine) void start(told)
})
process.on('disconnect', () => process.exit())
// Whoever tells everything to end tells the engine too, and that needs it to the last.
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
