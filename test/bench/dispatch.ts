import { createScheduler } from '../../src/scheduler/index.ts'
import { spawn } from 'node:child_process'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../../src/cli/system-clock.ts'
import { createChecker, createComparer } from '../../src/checks/index.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createEngine } from '../../src/engine/index.ts'
import { createPlanner } from '../../src/plan/planner.ts'
import { createLogReader, createOutputReader, createMachine, createRunner } from '../../src/runner/index.ts'
import { createBackups, openStore } from '../../src/store/index.ts'
import { median, seconds, type Figure } from './figure.ts'

const TASKS = 1000
const PARALLEL = 4
const ROUNDS = 3
const SCRAPER = '#!/bin/sh\nprintf "id,url\\n1,https://example.org/1\\n" > "$SCRAPER_OUTPUT_FILE"\n'

/** Tasks whose scraper exits at once: through the whole engine, and by nothing but `child_process.spawn`. */
export async function measure(): Promise<Figure[]> {
  const bare: number[] = []
  const engine: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(await inFolder(spawnLoop))
    engine.push(await inFolder(throughEngine))
  }
  const ratios = engine.map((each, round) => each / bare[round]!)
  const rate = (each: number) => `${Math.round(TASKS / each)} tasks/s`
  return [
    {
      what: `${TASKS} instant tasks, ${PARALLEL} at once, engine / bare spawn`,
      measured: median(ratios).toFixed(2),
      baseline: `${rate(median(engine))} against ${rate(median(bare))}`,
      goal: '≤ 1.5',
    },
  ]
}

async function inFolder(work: (folder: string) => Promise<number>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'zafra-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function spawnLoop(folder: string): Promise<number> {
  const script = join(folder, 'scraper.sh')
  await writeFile(script, SCRAPER)
  let next = 0
  const worker = async () => {
    for (let mine = next++; mine < TASKS; mine = next++) {
      const env = { PATH: process.env.PATH, SCRAPER_OUTPUT_FILE: join(folder, `${mine}.csv`) }
      const child = spawn('/bin/sh', [script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
      child.stdout.resume()
      child.stderr.resume()
      await new Promise((resolve) => child.on('close', resolve))
    }
  }
  return seconds(() => Promise.all(Array.from({ length: PARALLEL }, worker)))
}

async function throughEngine(folder: string): Promise<number> {
  await mkdir(join(folder, 'urls'))
  await mkdir(join(folder, 'scrapers'))
  await writeFile(join(folder, 'zafra.yaml'), '')
  await writeFile(join(folder, 'scrapers', 'cyt.sh'), SCRAPER)
  const rows = Array.from(
    { length: TASKS },
    (_, at) => `CyT,Zapopan,venta,Casas,https://www.casasyterrenos.com/${at}`,
  )
  await writeFile(
    join(folder, 'urls', 'cyt.csv'),
    ['PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL', ...rows, ''].join('\n'),
  )
  const { config } = await loadConfig({
    cwd: folder,
    env: {},
    overrides: { execution: { max_parallel: PARALLEL, per_site: PARALLEL, max_cpu: 100, max_memory: 100 } },
    cronProblem: () => undefined,
  })
  const engine = await createEngine({
    config,
    clock: systemClock,
    store: await openStore({ ...config.database, clock: systemClock }),
    backups: createBackups(config.database, systemClock),
    runner: createRunner(config, {
      clock: systemClock,
      builtinScrapers: '/nonexistent',
      checker: createChecker(config),
    }),
    planner: createPlanner(config, { hasScraper: () => true }),
    machine: createMachine(folder),
    logs: createLogReader(),
    outputs: createOutputReader(),
    comparer: createComparer(),
    version: '0.0.0',
    random: Math.random,
    scheduler: createScheduler(),
    schedules: false,
    messenger: null,
    closing_stops_work: true,
  })
  try {
    return await seconds(async () => {
      const ended = new Promise<void>((resolve, reject) => {
        engine.subscribe((event) => {
          if (event.type !== 'batch' || event.batch.status === 'running') return
          if (event.batch.completed_tasks === TASKS) resolve()
          else reject(new Error(`only ${event.batch.completed_tasks} of ${TASKS} tasks completed`))
        })
      })
      await engine.execute({ type: 'start_batch', filter: {} })
      await ended
    })
  } finally {
    await engine.close()
  }
}
