import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { findChromium } from '../../runner/chromium.ts'
import { scraperCommand } from '../../runner/index.ts'
import { BUILTIN_SCRAPERS } from '../package.ts'
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

/** Scrapers that are to use a browser have one, and the built-in ones what drives it. */
export const checkBrowser: Check = async ({ config, io, plan }) => {
  const { tasks } = await plan()
  const names = [...new Set(tasks.map((task) => task.scraper_name))]
  const [first] = names.filter((name) => config.scrapers[name]?.browser)
  if (first === undefined) return []
  const faults: Fault[] = []
  if (!findChromium(io.env)) {
    const message = `scraper ${first} needs a browser, and no Chromium can be run`
    faults.push({ message, remedy: 'install chromium, or name one in ZAFRA_CHROMIUM' })
  }
  if (!isInstalled('playwright-core')) {
    const message = `scraper ${first} drives its browser with playwright-core, which is not installed`
    faults.push({ message, remedy: 'npm install playwright-core' })
  }
  return faults
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name)
    return true
  } catch {
    return false
  }
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
