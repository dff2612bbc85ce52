import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { scraperCommand } from '../../runner/index.ts'
import { BUILTIN_SCRAPERS } from '../open-engine.ts'
import type { Check, Fault } from './examine.ts'

/** Every scraper that the lists need is there, and so is the program that runs it. */
export const checkScrapers: Check = async ({ config, io, plan }) => {
  const faults: Fault[] = []
  const { tasks } = await plan()
  for (const [name, [task]] of Map.groupBy(tasks, (each) => each.scraper_name)) {
    const command = scraperCommand(config, BUILTIN_SCRAPERS, name)
    if (!command) {
      const remedy = `put it into ${join(config.workspace, 'scrapers')}, or set sites.${task?.website}.enabled: false`
      faults.push({ message: `there is no scraper ${name}`, remedy })
    } else if (!(await isProgram(command.file, io.env))) {
      const message = `scraper ${name} needs ${command.file}, which cannot be run`
      faults.push({ message, remedy: 'install it, or set PATH' })
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
