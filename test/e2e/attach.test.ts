import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { until } from '../support/attempts.ts'
import type { TestTerminal } from '../support/terminal.ts'
import { leaveNothing, select, temporaryFolder, waitingWorkspace, zafra } from './workspace.ts'

const SIZE = { columns: 120, rows: 40 }
const twoRun = (screen: string) => (screen.match(/running/g)?.length ?? 0) >= 2

test('from a new login the harvest that outlived its terminal is seen, by several at once', async () => {
  const folder = temporaryFolder()
  waitingWorkspace(folder.path)
  const open = (...args: string[]) => zafra([...args, '-w', folder.path], SIZE)
  const terminals: TestTerminal[] = []
  try {
    const first = open('run')
    terminals.push(first)
    await first.until(twoRun, 'tasks that run')
    first.close()
    const log = join(folder.path, 'logs', 'engine.log')
    await until(
      () => existsSync(log) && readFileSync(log, 'utf8').includes('goes on without a terminal'),
      'an engine without a terminal',
    )

    const second = open()
    const third = open()
    const fourth = open('resume')
    terminals.push(second, third, fourth)
    await second.until(twoRun, 'the tasks that still run')
    await third.until(twoRun, 'the same from a third terminal')
    await fourth.until(twoRun, 'the batch that is followed to its end')

    second.send('q')
    expect(await second.ended).toEqual({ exit_code: 0, signal: 0 })
    expect(second.output).toContain('The engine goes on in its own process.')
    process.kill(first.pid, 0)

    third.send('P')
    await third.until(
      (screen) => screen.includes('everything is paused'),
      'the pause that was asked for here',
    )
    third.send('P')
    await third.until((screen) => !screen.includes('everything is paused'), 'the end of the pause')
    writeFileSync(join(folder.path, 'go'), '')
    await until(() => !existsSync(`/proc/${first.pid}`), 'the end of the engine')
    expect(select(folder.path, "SELECT id FROM scraping_tasks WHERE status = 'completed'")).toHaveLength(6)
    third.send('q')
    expect(await third.ended).toEqual({ exit_code: 0, signal: 0 })
    expect(third.output).toContain('The engine does not answer any more; zafra status shows')
    expect(third.output).not.toContain('The engine goes on')
    fourth.send('q')
    expect(await fourth.ended).toEqual({ exit_code: 0, signal: 0 })
    expect(fourth.output).toMatch(/\S+ completed in .*: 6 completed;/)
  } finally {
    writeFileSync(join(folder.path, 'go'), '')
    for (const terminal of terminals) terminal.end()
    await Promise.all(terminals.slice(1).map(leaveNothing))
    folder.remove()
  }
})
