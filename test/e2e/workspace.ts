import { DatabaseSync } from 'node:sqlite'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { writeTree } from '../support/program.ts'
import { openTerminal, type TestTerminal } from '../support/terminal.ts'

export const ZAFRA = fileURLToPath(new URL('../../bin/zafra.js', import.meta.url))

/** A folder for one test, and the way to leave nothing of it. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'zafra-e2e-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** The built program in a pseudo-terminal, as a person starts it. */
export function zafra(args: readonly string[], size: { columns: number; rows: number }): TestTerminal {
  return openTerminal(execPath, [ZAFRA, ...args], size)
}

/** Ends what a failed test left running, in order: the program takes its scrapers along. */
export async function leaveNothing(terminal: TestTerminal): Promise<void> {
  const over = terminal.ended.then(() => true)
  if (await Promise.race([over, new Promise<boolean>((resolve) => setImmediate(resolve, false))])) return
  terminal.kill('SIGTERM')
  await terminal.ended
}

/** Rows of the workspace's database, read by another SQLite than ours. */
export function select(workspace: string, sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(workspace, 'orchestrator.db'), { readOnly: true })
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}

const CITIES = ['Zapopan', 'Guadalajara', 'Tonala', 'El Salto', 'Juanacatlan', 'Zapotlanejo']

/**
 * A workspace of six tasks of one site. Its scraper waits in Guadalajara and Tonalá until the file `go` is in
 * the workspace; it leaves a line in \`started\` for each start, and a child that ignores SIGTERM.
 */
export function waitingWorkspace(folder: string): void {
  writeTree(folder, {
    'zafra.yaml': `
execution: { max_parallel: 2, per_site: 2, max_cpu: 100, max_memory: 100, min_free_disk: 0, grace: 1 }
`,
    'urls/cyt_urls.csv': [
      'PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL',
      ...CITIES.map(
        (city, at) => `Casas y Terrenos,${city},venta,Casas,https://www.casasyterrenos.com/jalisco/${at}`,
      ),
      '',
    ].join('\n'),
    'scrapers/cyt.sh': `#!/bin/sh
echo "$SCRAPER_TASK_ID" >> "$SCRAPER_BASE_DIR/started"
case "$SCRAPER_CITY" in
  Gdl | Ton)
    sh -c 'trap "" TERM; while :; do sleep 0.1; done' &
    while [ ! -e "$SCRAPER_BASE_DIR/go" ]; do sleep 0.05; done ;;
esac
printf 'id,url\\n1,https://example.org/1\\n' > "$SCRAPER_OUTPUT_FILE"
`,
  })
}
