import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { FileTrouble } from '../../src/domain/store.ts'
import { everyTask, makeFolder, newBatch, note, open, plannedList, standingClock, until } from './support.ts'

const EDIT = "UPDATE scraping_tasks SET error_message = 'by hand' WHERE id = 1"

/** An open store of two tasks whose file is up to date. */
async function atWork() {
  const folder = await makeFolder()
  const path = join(folder, 'orchestrator.db')
  const clock = standingClock()
  const store = await open(folder, { clock })
  const troubles: FileTrouble[] = []
  store.onTrouble((trouble) => troubles.push(trouble))
  const snapshot = async () => {
    clock.advance(1)
    clock.fire()
    await until(async () => (await store.status()).journal_bytes === 0 && clock.waiting.length === 0)
  }
  await store.insertBatch(newBatch(), plannedList(2), 3)
  await snapshot()
  return { folder, path, store, troubles, snapshot }
}

/** Another program: it opens the file and has it open until the test ends. */
function another(path: string): DatabaseSync {
  const database = new DatabaseSync(path)
  onTestFinished(() => {
    if (database.isOpen) database.close()
  })
  return database
}

const changedNames = async (folder: string) =>
  (await readdir(folder)).filter((name) => /\.changed-\d{8}_\d{6}_\d{3}$/.test(name))

function textOf(path: string): unknown {
  return another(path).prepare('SELECT error_message FROM scraping_tasks WHERE id = 1').get()?.[
    'error_message'
  ]
}

test.each(['DELETE', 'WAL'])(
  'a file changed under the engine (journal mode %s) is kept, and said',
  async (mode) => {
    const { folder, path, store, troubles, snapshot } = await atWork()
    const program = another(path)
    program.exec(`PRAGMA journal_mode = ${mode}; ${EDIT}`)
    await store.commit([note(2, 'ours')])
    await snapshot()
    const [aside = '', ...more] = await changedNames(folder)
    expect(more).toEqual([])
    expect(troubles).toEqual([{ code: 'changed', message: expect.stringContaining(join(folder, aside)) }])
    expect(textOf(join(folder, aside))).toBe('by hand')
    expect(textOf(path)).toBe(null)
    await store.close()
    const again = await open(folder)
    expect(again.notices).toEqual([])
    expect((await everyTask(again)).map(({ error_message }) => error_message)).toEqual([null, 'ours'])
  },
)

test('what a program commits to a file that was replaced meanwhile is kept too', async () => {
  const { folder, path, store, troubles, snapshot } = await atWork()
  const program = another(path)
  program.exec(`BEGIN IMMEDIATE; ${EDIT}`)
  await store.commit([note(2, 'ours')])
  await snapshot()
  program.exec('COMMIT')
  await store.commit([note(2, 'ours again')])
  await snapshot()
  const [aside = ''] = await changedNames(folder)
  expect(textOf(join(folder, aside))).toBe('by hand')
  expect(troubles).toHaveLength(1)
})

test('a change is noticed at the end, even if there is nothing more to write', async () => {
  const { folder, path, store } = await atWork()
  another(path).exec(EDIT)
  await store.close()
  expect(await changedNames(folder)).toHaveLength(1)
  expect(textOf(path)).toBe(null)
})

test('reading the file, or copying it over itself, is no change', async () => {
  const { folder, path, store, troubles, snapshot } = await atWork()
  expect(textOf(path)).toBe(null)
  await copyFile(path, `${path}.copy`)
  await copyFile(`${path}.copy`, path)
  await store.commit([note(2, 'ours')])
  await snapshot()
  expect([troubles, await changedNames(folder)]).toEqual([[], []])
})

test('a file changed while no engine runs is taken as it is, and said once', async () => {
  const { folder, path, store } = await atWork()
  await store.close()
  const program = another(path)
  program.exec(EDIT)
  program.close()
  const again = await open(folder)
  expect(again.notices).toEqual([expect.stringContaining('changed by another program')])
  expect((await everyTask(again))[0]?.error_message).toBe('by hand')
  await again.close()
  expect((await open(folder)).notices).toEqual([])
})

test('a file changed under an engine that was then killed is set aside: the journals go on from what it wrote', async () => {
  const { folder, path, store } = await atWork()
  await store.commit([note(2, 'ours')])
  another(path).exec(EDIT)
  const left = join(await makeFolder(), 'left')
  await mkdir(left)
  for (const name of await readdir(folder)) await copyFile(join(folder, name), join(left, name))
  const again = await open(left)
  expect(again.notices).toEqual([expect.stringContaining('.changed-')])
  expect((await everyTask(again)).map(({ error_message }) => error_message)).toEqual([null, 'ours'])
  const [aside = ''] = await changedNames(left)
  expect(textOf(join(left, aside))).toBe('by hand')
})
