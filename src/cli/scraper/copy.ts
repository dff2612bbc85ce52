import { copyFile, mkdir, readdir, readFile, readlink, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../domain/config.ts'
import { ZafraError } from '../../domain/error.ts'
import { scraperCommand } from '../../runner/command.ts'
import { BUILTIN_SCRAPERS } from '../package.ts'
import { exists, writeFiles } from '../write-files.ts'

/** How a built-in scraper names a file of the kit, which the build compiles. */
const KIT_FILE = /(from '\.\/kit\/[\w-]+)\.ts'/g
/** Beside the copies: what they are written over. */
export const KIT = join('scrapers', 'kit')

/**
 * Copies a built-in scraper to `scrapers/` of a workspace, where it is taken from then on. The kit is not copied but
 * linked to, so that it stays that of the program. Of a copy that is there a link that leads elsewhere is made anew.
 * @returns what was made, relative to the workspace
 * @throws ZafraError `not_found` where no such scraper is built in, `conflict` where the workspace has one of that name
 */
export async function copyScraper(config: Config, name: string): Promise<string[]> {
  const { workspace } = config
  const source = join(BUILTIN_SCRAPERS, 'source', `${name}.ts`)
  if (!(await exists(source))) throw await unknown(name)
  const path = join('scrapers', `${name}.ts`)
  const program = scraperCommand(config, BUILTIN_SCRAPERS, name)?.args.at(-1)
  const isOwn = program !== join(BUILTIN_SCRAPERS, `${name}.js`)
  if (isOwn && (program !== join(workspace, path) || !(await linkKit(workspace)))) {
    throw taken(config, name, program)
  }
  if (isOwn) return [KIT]
  await mkdir(join(workspace, 'scrapers'), { recursive: true })
  await linkKit(workspace)
  const contents = (await readFile(source, 'utf8')).replace(KIT_FILE, "$1.js'")
  await writeFiles(workspace, [{ path, contents }])
  const about = `${name}.about.json`
  if (!(await exists(join(BUILTIN_SCRAPERS, about)))) return [path]
  await copyFile(join(BUILTIN_SCRAPERS, about), join(workspace, 'scrapers', about))
  return [path, join('scrapers', about)]
}

/** @returns false where the link is as it should be */
async function linkKit(workspace: string): Promise<boolean> {
  const [link, kit] = [join(workspace, KIT), join(BUILTIN_SCRAPERS, 'kit')]
  const there = await readlink(link).catch(() => undefined)
  if (there === kit) return false
  try {
    if (there !== undefined) await rm(link)
    await symlink(kit, link, 'dir')
    return true
  } catch (cause) {
    throw new ZafraError('conflict', `${link} cannot be made a link to ${kit}; move it away`, { cause })
  }
}

function taken({ scrapers }: Config, name: string, program: string | undefined): ZafraError {
  const isConfigured = scrapers[name]?.command !== undefined
  const where = isConfigured
    ? `zafra.yaml says how ${name} is started (scrapers.${name}.command); take that away`
    : `${program ?? `scrapers/${name}`} is there already; move it away`
  return new ZafraError('conflict', `${where} to copy it anew`)
}

async function unknown(name: string): Promise<ZafraError> {
  const files = await readdir(join(BUILTIN_SCRAPERS, 'source'))
  const names = files.map((file) => file.replace(/\.ts$/, '')).toSorted()
  return new ZafraError('not_found', `no scraper ${name} is built in; there are ${names.join(', ')}`)
}
