import { loadConfig } from '../../src/config/load.ts'
import { writeTree } from '../support/program.ts'
import { CONFIG } from './config-file.ts'

const TASKS = 40

/** What a scraper does, by the end of its URL: most of them complete. */
const DOES = ['ok', 'ok', 'fail', 'ok', 'slow', 'ok', 'hang', 'ok']

/**
 * Leaves a line in `started`, and its output in two pieces; `slow` takes a while between them, `fail` is told to be
 * tried again, `hang` has a child that ignores SIGTERM and is killed with it.
 */
const SCRAPER = `#!/bin/sh
echo "$SCRAPER_TASK_ID.$SCRAPER_ATTEMPT" >> "$SCRAPER_BASE_DIR/started"
case "$SCRAPER_INPUT_URL" in
  *fail) exit 75 ;;
  *hang) sh -c 'trap "" TERM; sleep 60' & wait ;;
esac
printf 'id,url\\n1,https://example.org/1\\n' > "$SCRAPER_OUTPUT_FILE"
case "$SCRAPER_INPUT_URL" in *slow) sleep 0.05 ;; esac
printf 'last,https://example.org/2\\n' >> "$SCRAPER_OUTPUT_FILE"
`

/** How every output that is whole ends. */
export const WHOLE = 'last,https://example.org/2\n'

/** A workspace whose scrapers start, end, fail, hang and leave children, all within moments. */
export async function crashWorkspace(folder: string): Promise<void> {
  const rows = Array.from(
    { length: TASKS },
    (_, at) => `CyT,Zapopan,venta,Casas,https://www.casasyterrenos.com/${at}/${DOES[at % DOES.length]}`,
  )
  writeTree(folder, {
    'zafra.yaml': `
execution:
  { max_parallel: 4, per_site: 4, max_cpu: 100, max_memory: 100, min_free_disk: 0, grace: 0.1, timeout: 0.4,
    retry_delay: 0, retry_jitter: 0 }
`,
    'urls/cyt.csv': ['PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL', ...rows, ''].join('\n'),
    'scrapers/cyt.sh': SCRAPER,
  })
  const { config } = await loadConfig({
    cwd: folder,
    env: {},
    overrides: { database: { snapshot_interval: 0.03 } },
    cronProblem: () => undefined,
  })
  writeTree(folder, { [CONFIG]: JSON.stringify(config) })
}
