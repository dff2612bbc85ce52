import { createWriteStream, readdirSync } from 'node:fs'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loggedWorkspace } from '../cli/logged.ts'
import { makeFolder } from '../store/support.ts'
import { start } from '../support/program.ts'

/** Enough for a second of work, so that a signal comes before its end. */
const MEGABYTES = 30

async function bigLog(folder: string): Promise<void> {
  await loggedWorkspace(folder, [
    { batch_id: 'Sep25_01', day: '2025-09-01', tasks: [[[{ at: '09:00:00', text: 'begin' }]]] },
  ])
  const log = createWriteStream(join(folder, 'logs/Sep25_01/1-1.log'))
  const block = `2025-09-01T09:00:00.000Z out: ${'x'.repeat(90)}\n`.repeat(8000)
  for (let written = 0; written < MEGABYTES * 1e6; written += block.length) {
    if (!log.write(block)) await once(log, 'drain')
  }
  await new Promise<void>((resolve) => log.end(resolve))
}

test.each(['SIGINT', 'SIGHUP'] as const)(
  '%s in the middle of an export leaves no half file',
  async (signal) => {
    const folder = await makeFolder()
    await bigLog(folder)
    const exporting = start(['logs', 'export', '-o', 'out.jsonl', '-w', folder], { cwd: folder })
    const halves = () => readdirSync(folder).filter((name) => name.includes('out.jsonl'))
    await expect.poll(halves, { interval: 5, timeout: 15_000 }).toHaveLength(1)
    expect(halves()[0]).toMatch(/\.part$/)
    exporting.process.kill(signal)
    const { status, stderr } = await exporting.ended
    expect([status, stderr]).toEqual([130, `zafra: stopped by ${signal}; nothing was written\n`])
    expect(halves()).toEqual([])
  },
)

test('whoever reads no more ends an export and a search quietly', async () => {
  const folder = await makeFolder()
  await bigLog(folder)
  for (const args of [['export'], ['grep', 'x']]) {
    const writing = start(['logs', ...args, '-w', folder])
    await writing.says(/xxx/)
    writing.process.stdout?.destroy()
    const { status, stderr } = await writing.ended
    expect([args[0], status, stderr]).toEqual([args[0], 0, ''])
  }
})
