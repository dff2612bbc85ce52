import { appendFileSync, readdirSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { Chalk } from 'chalk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { statusColumn } from '../../src/cli/words.ts'
import { temporaryFolder } from '../support/program.ts'
import { inProcess } from './in-process.ts'
import { HOSTILE, listRow, makeWorkspace } from './workspace.ts'

/** Every kind of text that a terminal acts on, or that shows other than it is; the last one has no end. */
const EVIL = `${HOSTILE}\u009b31m\u009d0;x\u009c\u001bPq\u001b\\\u0000\u0008\u007f\u0085\u2028\u200d\u{e0041}\ud800\u001b]52;c;eA==`
/** What must not come out, but for newlines and tabs between our own. */
const FOREIGN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}/u

const folder = temporaryFolder()

beforeAll(async () => {
  makeWorkspace(folder.path, { cities: ['Zapopan', 'Tonala'] })
  appendFileSync(
    join(folder.path, 'zafra.yaml'),
    `  Mal: { name: ${JSON.stringify(EVIL.toWellFormed())}, host: mal.mx, scraper: tiny }\n`,
  )
  await inProcess(['run'], { cwd: folder.path })
  const rows = [
    `Casas y Terrenos,${EVIL},venta,Casas,https://www.casasyterrenos.com/x`,
    `Mal,${listRow('x')}`,
  ]
  writeFileSync(
    join(folder.path, 'urls', `\u001b]0;x\u0007\u009b31m.csv`),
    ['PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL', ...rows, ''].join('\n'),
  )
  poison()
  for (const batch of readdirSync(join(folder.path, 'logs'))) {
    appendFileSync(
      join(folder.path, 'logs', batch, '1-1.log'),
      `2026-11-24T05:31:00.123Z out: ${EVIL}\n${EVIL}\n`,
    )
  }
})
afterAll(() => folder[Symbol.dispose]())

/** A database from anywhere: every text in it that no constraint holds is hostile. */
function poison(): void {
  const database = new DatabaseSync(join(folder.path, 'orchestrator.db'))
  try {
    for (const [table, columns] of [
      [
        'scraping_tasks',
        ['scraper_name', 'website', 'city', 'url', 'error_message', 'error_class', 'output_path'],
      ],
      ['task_attempts', ['error_message', 'error_class', 'error_url', 'signal']],
    ] as const) {
      for (const column of columns) {
        database.prepare(`UPDATE ${table} SET ${column} = ? || rowid`).run(`constructor${EVIL}`)
      }
    }
    // Cut at its NUL, as SQLite would.
    const batch_id = `batch${EVIL}`.split('\u0000')[0]
    database
      .prepare(
        `INSERT INTO execution_batches (batch_id, month_year, execution_number, total_tasks, status, started_at)
         SELECT ?, 'Ene20', 1, 0, 'completed', '2020-01-01 00:00:00'`,
      )
      .run(batch_id!)
  } finally {
    database.close()
  }
}

const COMMANDS = [
  ['status'],
  ['batches'],
  ['tasks'],
  ['tasks', '--site', EVIL],
  ['task', '1'],
  ['task', EVIL],
  ['logs', '1'],
  ['logs', '1', '--stdout'],
  ['logs', '2', '--stderr'],
  ['plan'],
  ['plan', '--all'],
  ['doctor'],
  ['config', 'check'],
  ['config', 'show'],
  ['db', 'status'],
  ['cancel', '99999'],
  ['retry', '99999'],
  ['pause', '--site', EVIL],
  [EVIL],
  ['tasks', `--${EVIL}`],
  ['plan', '-w', EVIL],
  ['resume', EVIL],
  ['init', folder.path],
  ['init', join(folder.path, '\u001b]0;x\u0007\u009b31m')],
]

const PLACES = [
  { to: 'a terminal', flags: ['--no-color'], terminal: true },
  { to: 'a pipe', flags: [], terminal: false },
  { to: 'a terminal as JSON', flags: ['--json'], terminal: true },
] as const

test.each(PLACES.flatMap((place) => COMMANDS.map((args) => ({ args, ...place }))))(
  'zafra $args says nothing to $to that it acts on',
  async ({ args, flags, terminal }) => {
    const { stdout, stderr } = await inProcess([...args, ...flags], { cwd: folder.path, terminal })
    expect(stdout + stderr).not.toBe('')
    expect(`${stdout}${stderr}`.replaceAll(/[\n\t]/g, '')).not.toMatch(FOREIGN)
  },
)

test('a log exactly as it was written goes to a pipe only', async () => {
  const shown = await inProcess(['logs', '1', '--raw'], { cwd: folder.path, terminal: true })
  expect(shown.stdout.replaceAll('\n', '')).not.toMatch(FOREIGN)
  const piped = await inProcess(['logs', '1', '--raw'], { cwd: folder.path })
  expect(piped.stdout).toContain(HOSTILE)
})

test('JSON has what is in the database, to the letter', async () => {
  const { stdout } = await inProcess(['task', '1', '--json'], { cwd: folder.path, terminal: true })
  const { task } = JSON.parse(stdout) as { task: { city: string } }
  expect(task.city).toContain(`constructor${HOSTILE}\u009b31m\u009d0;x\u009c`)
})

test.each([
  ['task', ''],
  ['tasks', '--site', ''],
  ['tasks', '--batch', ''],
  ['resume', ''],
])('completion of %s offers nothing that a shell would act on', async (...words) => {
  const { stdout } = await inProcess(['--get-yargs-completions', 'zafra', ...words], { cwd: folder.path })
  expect(stdout).toMatch(/^([\w-]+\n)+$/)
})

test('a state that no constraint would allow is shown plainly', () => {
  const colour = new Chalk({ level: 1 })
  expect(statusColumn.style?.('constructor', colour)('constructor')).toBe('constructor')
})
