import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../domain/config.ts'
import { ZafraError } from '../../domain/error.ts'
import type { Io } from '../command.ts'
import { readingOf, type Reading } from './reading.ts'
import { equip, inSandbox } from './sandbox.ts'
import type { Subject } from './subject.ts'
import { tryScraper } from './trial.ts'

/** Seconds for one run, unless the configuration gives a scraper longer. */
const LIMIT = 600

export interface PagesOf {
  subject: Subject
  config: Config
  io: Io
  url: string
  max_pages: number
  /** The folder of the recording. */
  folder: string
}

/**
 * Runs a scraper over the kit with its pages recorded to the folder, or taken from there (`scrapers/README.md`).
 * What it writes is looked at and thrown away.
 * @throws ZafraError `scraper` where it cannot be started, or is none over the kit
 */
export function readPages(of: PagesOf, how: 'record' | 'replay'): Promise<Reading> {
  const { subject, config, io, url, max_pages, folder } = of
  const changes = {
    SCRAPER_MAX_PAGES: String(max_pages),
    ...(how === 'record'
      ? { SCRAPER_RECORD_DIR: folder }
      : { SCRAPER_REPLAY_DIR: folder, SCRAPER_RATE_LIMIT: '0' }),
  }
  return inSandbox(async (sandbox) => {
    const url_list_file = subject.detail ? join(sandbox, 'list.csv') : null
    if (url_list_file !== null) await writeFile(url_list_file, `url\n${JSON.stringify(url)}\n`)
    const mode = subject.detail ? ('detail' as const) : ('full' as const)
    const limit = config.scrapers[subject.name]?.timeout ?? LIMIT
    const base = {
      subject,
      config,
      clock: io.clock,
      ours: io.env,
      run: how,
      url,
      mode,
      url_list_file,
      limit,
      changes,
    }
    const { files, env, cwd } = await equip(sandbox, base)
    const { grace } = config.execution
    const { command } = subject
    const trial = await tryScraper({ command, env, cwd, clock: io.clock, limit, grace })
    const reading = await readingOf(trial, files.partial)
    if (trial.exit.exit_code === 0 && reading.pages.length === 0) {
      throw new ZafraError(
        'scraper',
        `${subject.name} fetched nothing through the kit, which records and replays; see scrapers/README.md`,
      )
    }
    return reading
  })
}
