import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { scraperCommand } from '../../runner/index.ts'
import { BUILTIN_SCRAPERS } from '../open-engine.ts'
import type { Check, Fault } from './examine.ts'

/** Every scraper of every enabled site is there, and so is the program that runs it. */
export const checkScrapers: Check = async (config, { env }) => {
  const faults: Fault[] = []
  for (const [code, site] of Object.entries(config.sites)) {
    if (!site.enabled) continue
    for (const name of [site.scraper, site.detail_scraper]) {
      if (name === null) continue
      const command = scraperCommand(config, BUILTIN_SCRAPERS, name)
      if (!command) {
        const remedy = `put it into ${join(config.workspace, 'scrapers')}, or set sites.${code}.enabled: false`
        faults.push({ message: `site ${code} has no scraper ${name}`, remedy })
      } else if (!(await isProgram(command.file, env))) {
        const message = `scraper ${name} needs ${command.file}, which cannot be run`
        faults.push({ message, remedy: 'install it, or set PATH' })
      }
    }
  }
  return faults
}

async function isProgram(file: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const folders = file.includes('/') ? [''] : (env['PATH'] ?? '').split(delimiter)
  for (const folder of folders) {
    const found = await access(join(folder, file), constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return true
  }
  return false
}
