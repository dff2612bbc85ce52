import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { run } from '../../src/cli/main.ts'
import { systemClock } from '../../src/cli/system-clock.ts'

/** A command line in this process: the same as in one of its own, without the start of a Node. */
export async function inProcess(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; terminal?: boolean } = {},
) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  if (options.terminal) Object.assign(stdout, { isTTY: true, columns: 120 })
  // A stream in memory does all that commands ask of a terminal, and has not its type.
  const streams = { stdin, stdout, stderr } as unknown as {
    stdin: NodeJS.ReadStream
    stdout: NodeJS.WriteStream
    stderr: NodeJS.WriteStream
  }
  const env = { PATH: process.env['PATH'], ...options.env }
  const said = [text(stdout), text(stderr)] as const
  const status = await run(args, { ...streams, env, cwd: options.cwd ?? '/', clock: systemClock })
  stdout.end()
  stderr.end()
  return { status, stdout: await said[0], stderr: await said[1] }
}
