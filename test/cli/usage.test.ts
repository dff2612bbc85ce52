import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { run } from '../../src/cli/main.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import { zafra } from '../support/program.ts'

/** A command line in this process: the same as a real one, but for the start of a Node. */
async function inProcess(line: string) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const streams = { stdin: new PassThrough(), stdout, stderr } as unknown as {
    stdin: NodeJS.ReadStream
    stdout: NodeJS.WriteStream
    stderr: NodeJS.WriteStream
  }
  const io = { ...streams, env: {}, cwd: '/', clock: systemClock }
  const status = await run(line.split(' '), io)
  stdout.end()
  stderr.end()
  return { status, stdout: await text(stdout), stderr: await text(stderr) }
}

test.each([
  ['stauts', 'there is no command stauts; did you mean status?'],
  ['batchs --json', 'there is no command batchs; did you mean batches?'],
  ['frobnicate', 'there is no command frobnicate'],
  ['status --jsn', 'there is no option --jsn; did you mean --json?'],
  ['run --stie CyT', 'there is no option --stie; did you mean --site?'],
  ['status -x', 'there is no option -x'],
  ['status extra', 'zafra status does not take "extra"'],
  ['tasks --site A --site B', '--site can be given only once'],
  ['tasks --status lost', 'Given: "lost", Choices: "pending"'],
  ['tasks --since yesterday', '--since "yesterday" is not a moment'],
  ['task', 'Not enough non-option arguments'],
  ['retry', 'say which tasks: zafra retry ID…, or zafra retry --failed'],
  ['retry twelve', 'task ids are whole numbers'],
  ['cancel', 'say which tasks'],
  ['status -q -v', 'Arguments quiet and verbose are mutually exclusive'],
  ['logs 1 --stdout --stderr', 'Arguments stdout and stderr are mutually exclusive'],
  ['demo --speed 0', '--speed is a number above 0'],
  ['status', 'no zafra.yaml in / or any folder above it'],
  ['status -w /nowhere/at/all', '/nowhere/at/all is not a folder'],
])('zafra %s: exit status 2, and says why', async (line, message) => {
  const { status, stdout, stderr } = await inProcess(line)
  expect(status).toBe(2)
  if (line.endsWith('--json')) {
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'usage', message: expect.stringContaining(message) },
    })
    expect(stderr).toBe('')
  } else {
    expect(stderr).toContain(message)
    expect(stdout).toBe('')
  }
})

test('the process ends with that status; the bare command without a terminal says what to do instead', async () => {
  const { status, stderr } = await zafra([])
  expect(status).toBe(2)
  expect(stderr).toContain('zafra status and zafra run work without one')
})

test('--help shows every command, a command its options with examples', async () => {
  const program = await zafra(['--help'])
  expect(program.status).toBe(0)
  for (const name of ['demo', 'init', 'plan', 'run', 'resume', 'logs', 'db', 'doctor', 'completion']) {
    expect(program.stdout).toContain(`zafra ${name}`)
  }
  const own = await zafra(['retry', '--help'])
  expect(own.status).toBe(0)
  expect(own.stdout).toMatch(/Filters[\s\S]*--site[\s\S]*--failed[\s\S]*Examples:[\s\S]*zafra retry 12 15/)
})

test.each(['zsh', 'fish'])('completion prints a script for %s that names no file of ours', async (shell) => {
  const { status, stdout } = await zafra(['completion', shell])
  expect(status).toBe(0)
  expect(stdout).toContain('zafra --get-yargs-completions')
  expect(stdout).not.toContain('zafra.js')
})
