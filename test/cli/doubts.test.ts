import { afterAll, expect, test } from 'vitest'
import { temporaryFolder, writeTree, zafra } from '../support/program.ts'
import { inProcess } from './in-process.ts'
import { makeWorkspace } from './workspace.ts'

const folder = temporaryFolder()
const cwd = folder.path
afterAll(() => folder[Symbol.dispose]())

/** Delivers as many rows as the file `rows` says, all there are where `complete` says so. */
const SCRIPT = `#!/bin/sh
rows=$(cat "$SCRAPER_BASE_DIR/rows")
{ echo id,url,precio
  i=0; while [ $i -lt "$rows" ]; do echo "$i,https://a.mx/$i,$((2000000 + 1000 * i))"; i=$((i + 1)); done
} > "$SCRAPER_OUTPUT_FILE"
echo "{\\"scraper\\":1,\\"type\\":\\"result\\",\\"rows\\":$rows,\\"complete\\":$(cat "$SCRAPER_BASE_DIR/complete")}"
`

interface Told {
  batch: { batch_id: string }
  suspect: { outputs: number; sites: { site: string; suspect: number }[] }
}

/** A batch by the command line, in a workspace of one site without details. */
async function run(rows: number, complete: boolean): Promise<Told & { status: number | null }> {
  writeTree(cwd, { rows: String(rows), complete: String(complete) })
  const { status, stdout } = await zafra(['run', '--json'], { cwd })
  return { ...(JSON.parse(stdout) as Told), status }
}

test('run ends with 1 where an output is suspect; stats incomplete names an output that is not all there was', async () => {
  makeWorkspace(cwd, { cities: ['Zapopan'] })
  writeTree(cwd, {
    'scrapers/counted.sh': SCRIPT,
    'zafra.yaml': `
execution: { max_attempts: 1, max_cpu: 100, max_memory: 100, min_free_disk: 0, grace: 1 }
sites:
  CyT: { scraper: counted }
`,
  })

  expect(await run(100, true)).toMatchObject({ status: 0, suspect: { outputs: 0, sites: [] } })
  const second = await run(40, true)
  expect(second).toMatchObject({ status: 1, suspect: { outputs: 1, sites: [{ site: 'CyT', suspect: 1 }] } })
  const told = await inProcess(['status'], { cwd })
  expect(told).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('1 output is suspect (CyT 1)') as string,
  })

  const third = await run(100, false)
  const { stdout } = await inProcess(['stats', 'incomplete', '--json'], { cwd })
  const found = JSON.parse(stdout) as { batch_id: string; incomplete_outputs: number }[]
  expect(found).toMatchObject([{ batch_id: third.batch.batch_id, incomplete_outputs: 1, pending_tasks: 0 }])
})
