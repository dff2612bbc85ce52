import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Overview } from '../../src/domain/query.ts'
import { openBench, type Bench } from '../support/engine.ts'

export const LIST = ['Inm24,Zapopan,venta,Casas,https://www.inmuebles24.com/0.html']

export const ended = (overview: Overview) => overview.batch !== null && overview.batch.status !== 'running'

/**
 * An engine whose main scraper delivers what is said per batch and attempt (`list ROWS EXTRA`: so many listings, each
 * dearer by EXTRA), and whose detail scraper delivers one row. What the main scraper was told stands in `told`.
 */
export async function openHarvest(
  deliveries: Record<string, string>,
  lists: readonly string[] = LIST,
  { config = {}, ...more }: Omit<Parameters<typeof openBench>[0], 'lists'> = {},
): Promise<Bench> {
  const bench = await openBench({
    lists: { 'inm24.csv': [...lists] },
    config: { execution: { max_attempts: 2 }, ...config },
    ...more,
  })
  const cases = Object.entries(deliveries).map(([attempt, delivery]) => `${attempt}) ${delivery} ;;`)
  const script = `#!/bin/sh
list() { echo id,url,precio; i=0; while [ $i -lt $1 ]; do echo "$i,https://a.mx/$i,$((2000000 + 1000 * i + $2))"; i=$((i + 1)); done; }
case "$SCRAPER_MODE" in
  detail) printf 'id,url\\n1,https://a.mx/1\\n' > "$SCRAPER_OUTPUT_FILE" ;;
  *) echo "$SCRAPER_BATCH_ID $SCRAPER_ATTEMPT $SCRAPER_PREVIOUS_FILE" >> "$SCRAPER_BASE_DIR/told"
     case "$SCRAPER_BATCH_ID-$SCRAPER_ATTEMPT" in ${cases.join(' ')} esac > "$SCRAPER_OUTPUT_FILE" ;;
esac
`
  for (const name of ['inm24', 'inm24_det']) {
    const path = join(bench.config.workspace, 'scrapers', `${name}.sh`)
    await writeFile(path, script)
    await chmod(path, 0o755)
  }
  return bench
}

/** A batch from its start to its end; a minute after whatever came before. */
export async function harvest(bench: Bench, batch_id: string): Promise<void> {
  bench.clock.advance(60_000)
  await bench.engine.execute({ type: 'start_batch', filter: {} })
  await bench.until((now) => ended(now) && now.batch?.batch_id === batch_id, `the end of ${batch_id}`)
}
