import { closeSync, openSync } from 'node:fs'
import { mock } from 'node:test'
import { setTimeout } from 'node:timers/promises'

/*
 * What the starter makes of a process that may open no more files: run with a low limit, prints the refusals, one a
 * line. Fails where something is thrown that nobody catches.
 */

mock.timers.enable({ apis: ['setInterval', 'setTimeout'] })
const { starter } = await import('../../src/runner/starter.ts')

const ask = (...args: string[]) =>
  starter.start(
    { file: '/bin/sh', args: ['-c', ...args] },
    { env: { PATH: process.env['PATH'] ?? '' }, cwd: '/' },
  )

function openAll(): number[] {
  const files: number[] = []
  try {
    for (;;) files.push(openSync('/dev/null', 'r'))
  } catch {
    return files
  }
}

async function whileFilesLast(work: () => Promise<unknown>): Promise<void> {
  const files = openAll()
  const answer = await work()
  files.forEach((file) => closeSync(file))
  console.log((answer as { message?: string }).message)
}

await whileFilesLast(() => ask('exit 0'))
// Longer than it stays without work.
mock.timers.tick(60_000)

const first = await ask('exec sleep 600')
if ('message' in first) throw new Error(first.message)
await whileFilesLast(async () => {
  const answer = ask('exit 0')
  const beats = new AbortController()
  const beating = (async () => {
    for (; !beats.signal.aborted; await setTimeout(50)) mock.timers.tick(5000)
  })()
  await answer.finally(() => beats.abort())
  await beating
  return answer
})
process.kill(first.pid, 'SIGKILL')
await first.exit
process.exit()
