import { copyFile, lstat, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { ZafraError } from '../../domain/error.ts'
import { BUILTIN_SCRAPERS } from '../package.ts'
import { exists, writeFiles } from '../write-files.ts'

/** How a built-in scraper names a file of the kit, which the build compiles. */
const KIT_FILE = /(from '\.\/kit\/[\w-]+)\.ts'/g

/**
 * Copies a built-in scraper to `scrapers/` of a workspace, where it is taken from then on. The kit is not copied but
 * linked to, so that it stays that of the program; a link that leads elsewhere is made anew.
 * @returns the files, relative to the workspace
 * @throws ZafraError `not_found` where no such scraper is built in, `conflict` where the workspace has one of that name
 */
export async function copyScraper(workspace: string, name: string): Promise<string[]> {
  const source = join(BUILTIN_SCRAPERS, 'source', `${name}.ts`)
  if (!(await exists(source))) throw await unknown(name)
  const folder = join(workspace, 'scrapers')
  await mkdir(folder, { recursive: true })
  await linkKit(join(folder, 'kit'))
  const path = join('scrapers', `${name}.ts`)
  const contents = (await readFile(source, 'utf8')).replace(KIT_FILE, "$1.js'")
  const { kept } = await writeFiles(workspace, [{ path, contents }])
  if (kept.length > 0) {
    throw new ZafraError(
      'conflict',
      `${join(workspace, path)} is there already; move it away to copy it anew`,
    )
  }
  const about = `${name}.about.json`
  if (!(await exists(join(BUILTIN_SCRAPERS, about)))) return [path]
  await copyFile(join(BUILTIN_SCRAPERS, about), join(folder, about))
  return [path, join('scrapers', about)]
}

async function linkKit(link: string): Promise<void> {
  const kit = join(BUILTIN_SCRAPERS, 'kit')
  try {
    const there = await lstat(link).catch(() => undefined)
    if (there?.isSymbolicLink()) await rm(link)
    await symlink(kit, link, 'dir')
  } catch (cause) {
    throw new ZafraError('conflict', `${link} cannot be made a link to ${kit}; move it away`, { cause })
  }
}

async function unknown(name: string): Promise<ZafraError> {
  const files = await readdir(join(BUILTIN_SCRAPERS, 'source'))
  const names = files.map((file) => file.replace(/\.ts$/, '')).toSorted()
  return new ZafraError('not_found', `no scraper ${name} is built in; there are ${names.join(', ')}`)
}
