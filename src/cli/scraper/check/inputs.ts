import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { ZafraError } from '../../../domain/error.ts'
import { fileCommand } from '../../../runner/command.ts'
import { csvHead } from '../../../csv/head.ts'
import { equip, type Errand } from '../sandbox.ts'
import { tryScraper } from '../trial.ts'
import type { PageServer } from './page-server.ts'

/** Listings that a detail scraper under check is given. */
const LISTINGS = 4

/** The previous output that a scraper under check may read. Returns its path. */
export async function writePrevious(folder: string): Promise<string> {
  const path = join(folder, 'inputs', 'previous.csv')
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, 'id,url,precio\n1,https://example.org/1,100\n')
  return path
}

/**
 * The list that a detail scraper under check reads. Returns its path.
 * @throws ZafraError `scraper` where the addresses are the main scraper's to find, and it finds none
 */
export async function writeList(
  folder: string,
  errand: Omit<Errand, 'run'>,
  pages: PageServer | null,
): Promise<string> {
  const path = join(folder, 'inputs', 'list.csv')
  const known = pages ? pages.listings : [errand.url]
  const addresses = known.length > 0 ? known : await found(folder, errand)
  await writeFile(path, ['url', ...addresses.slice(0, LISTINGS), ''].join('\n'))
  return path
}

/** Addresses that the main scraper of the same site finds. */
async function found(folder: string, errand: Omit<Errand, 'run'>): Promise<string[]> {
  const { subject, config, clock, limit } = errand
  const program = subject.command.args.at(-1) ?? ''
  const main = config.sites[subject.site ?? '']?.scraper ?? ''
  const command = fileCommand(join(dirname(program), main + extname(program)))
  if (!command)
    throw new ZafraError('scraper', `${subject.name} needs the list of ${main}, which is not beside it`)
  const changes = { ...errand.changes, SCRAPER_MAX_PAGES: '1' }
  const { files, env, cwd } = await equip(folder, { ...errand, run: 'list', mode: 'url', changes })
  await tryScraper({ command, env, cwd, clock, limit, grace: 1 })
  const [header = [], ...records] = csvHead(
    await readFile(files.partial, 'utf8').catch(() => ''),
    LISTINGS + 1,
    true,
  )
  await rm(files.partial, { force: true })
  const at = header.indexOf('url')
  if (records.length === 0)
    throw new ZafraError('scraper', `${main} finds no listing for ${subject.name} to read`)
  return records.map((record) => record[at] ?? '')
}
