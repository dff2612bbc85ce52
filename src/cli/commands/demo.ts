import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Argv } from 'yargs'
import { withEngine } from '../act.ts'
import { placeOf } from '../attach.ts'
import { command, type Globals, type Io, type Verdict } from '../command.ts'
import { harvest } from '../harvest.ts'
import type { Portals } from '../../demo/index.ts'
import type { Engine } from '../../domain/engine.ts'
import { lookOf, looks } from '../look.ts'
import type { Output } from '../output.ts'
import { loadWorkspace } from '../workspace.ts'
import { writeFiles } from '../write-files.ts'

/** Every demo tells the same story. */
const SEED = 24

export const demo = command({
  command: 'demo [dir]',
  describe: 'see it at work: a ready workspace and small portals on this machine',
  examples: [
    ['zafra demo', 'in a temporary folder, kept only if something failed'],
    ['zafra demo harvest --faults', 'in a folder of its own, with portals that misbehave'],
  ],
  options: (yargs: Argv<Globals>) =>
    looks(yargs)
      .positional('dir', { type: 'string', describe: 'folder of the workspace; kept, and taken up again' })
      .option('headless', { type: 'boolean', default: false, describe: 'lines instead of the TUI' })
      .option('faults', { type: 'boolean', default: false, describe: 'the portals block, fail and change' })
      .option('speed', { type: 'number', default: 1, requiresArg: true, describe: 'how many times as fast' })
      .check(({ speed }) => speed > 0 || '--speed is a number above 0'),
  async run(options, output, io) {
    if (options.dir !== undefined) {
      return harvestPortals(
        resolve(io.cwd, options.dir),
        { goOn: `zafra demo ${options.dir} goes on with it`, temporary: false },
        options,
        output,
        io,
      )
    }
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'zafra-demo-')))
    let verdict: Verdict | undefined
    try {
      verdict = await harvestPortals(
        folder,
        { goOn: 'zafra demo starts afresh', temporary: true },
        options,
        output,
        io,
      )
      return verdict
    } finally {
      if (verdict === 'failed') output.note(`Kept to look into: zafra -w ${folder} task ID`)
      else await rm(folder, { recursive: true, force: true })
    }
  },
})

async function harvestPortals(
  folder: string,
  { goOn, temporary }: { goOn: string; temporary: boolean },
  options: { headless: boolean; faults: boolean; speed: number } & Parameters<typeof lookOf>[0],
  output: Output,
  io: Io,
): Promise<Verdict> {
  const { demoWorkspace, startPortals } = await import('../../demo/index.ts')
  const { headless, faults, speed } = options
  await writeFiles(folder, demoWorkspace({ speed }))
  const portals = await startPortals({ seed: SEED, faults, speed, shuffle: true })
  try {
    const network = { host_map: portals.host_map, allow_private: true }
    const { config } = await loadWorkspace({ workspace: folder }, io, { network })
    return await withEngine(
      placeOf(config),
      output,
      io,
      async (engine) => {
        const batch_id = await resumeOrStart(engine, portals)
        return harvest(engine, batch_id, {
          config,
          output,
          io,
          look: lookOf(options),
          headless,
          goOn,
          temporary,
        })
      },
      'batch',
    )
  } finally {
    await portals.close()
  }
}

/** Each batch finds the portals a fortnight on, so that two can be compared. */
async function resumeOrStart(engine: Engine, portals: Portals): Promise<string> {
  const { batch } = await engine.query({ type: 'overview' })
  const begun = batch?.status === 'running' || batch?.status === 'cancelled'
  const { total } = await engine.query({ type: 'batches', offset: 0, limit: 0 })
  portals.turnTo(begun ? total - 1 : total)
  const { batch_id } = await engine.execute(
    begun ? { type: 'resume_batch' } : { type: 'start_batch', filter: {} },
  )
  return batch_id
}
