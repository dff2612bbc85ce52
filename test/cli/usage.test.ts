import { expect, test } from 'vitest'
import { zafra } from '../support/program.ts'
import { inProcess } from './in-process.ts'

test.each([
  ['stauts', 'there is no command stauts; did you mean stats?'],
  ['resum', 'there is no command resum; did you mean resume?'],
  ['frobnicate', 'there is no command frobnicate'],
  ['status --jsn', 'there is no option --jsn; did you mean --json?'],
  ['run --stie CyT', 'there is no option --stie; did you mean --site?'],
  ['status -x', 'there is no option -x'],
  ['status extra', 'zafra status does not take "extra"'],
  ['daemon statu', 'zafra daemon does not take "statu"; did you mean status?'],
  ['stats scraprs', 'did you mean scrapers?'],
  ['logs exprt', 'did you mean export?'],
  ['db maintain --dry-rnu', 'there is no option --dry-rnu; did you mean --dry-run?'],
  ['tasks --site A --site B', '--site can be given only once'],
  ['tasks --status lost', 'Given: "lost", Choices: "pending"'],
  ['tasks --since yesterday', '--since "yesterday" is not a moment'],
  ['task', 'Not enough non-option arguments'],
  ['retry', 'say which tasks: zafra retry ID…, or zafra retry --failed'],
  ['retry twelve', 'task ids are whole numbers'],
  ['task twelve', 'task ids are whole numbers'],
  ['logs 0', 'task ids are whole numbers'],
  ['cancel', 'say which tasks'],
  ['status -q -v', 'Arguments quiet and verbose are mutually exclusive'],
  ['logs 1 --stdout --stderr', 'Arguments stdout and stderr are mutually exclusive'],
  ['demo --speed 0', '--speed is a number above 0'],
  ['status', 'no zafra.yaml in / or any folder above it'],
  ['status -w /nowhere/at/all', '/nowhere/at/all is not a folder'],
])('zafra %s: exit status 2, and says why', async (line, message) => {
  const { status, stdout, stderr } = await inProcess(line.split(' '))
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain(message)
})

test('with --json an error is a document on standard output', async () => {
  const { status, stdout, stderr } = await inProcess(['batchs', '--json'])
  expect({ status, stderr }).toEqual({ status: 2, stderr: '' })
  expect(JSON.parse(stdout)).toEqual({
    error: { code: 'usage', message: 'there is no command batchs; did you mean batches?' },
  })
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

test.each([
  [['stat'], ['status', 'stats']],
  [['zafra', 'tasks', '--stat'], ['--status']],
  [['tasks', '--status', 'perm'], ['permanently_failed']],
  [['nonsense', ''], []],
  [
    ['daemon', 's'],
    ['start', 'stop', 'status'],
  ],
  [['stats', 'in'], ['incomplete']],
  [['db', 'maintain', '--dry'], ['--dry-run']],
  [['db', 'backup', ''], []],
])('completion of %j offers %j', async (words, offered) => {
  const { status, stdout } = await inProcess(['--get-yargs-completions', ...words])
  expect({ status, words: stdout.split('\n').filter((word) => word !== '') }).toEqual({
    status: 0,
    words: offered,
  })
})
