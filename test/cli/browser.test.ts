import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../support/program.ts'
import { inProcess } from './in-process.ts'
import { makeWorkspace } from './workspace.ts'

async function faults(folder: string, chromium: string): Promise<{ check: string; fault: object | null }[]> {
  const env = { ZAFRA_CHROMIUM: chromium }
  const { stdout } = await inProcess(['doctor', '--json', '-w', folder], { env })
  const { checks } = JSON.parse(stdout) as { checks: { check: string; fault: object | null }[] }
  return checks.filter(({ check }) => check === 'browser')
}

test('zafra doctor looks for a browser where a scraper needs one', async () => {
  using folder = temporaryFolder()
  makeWorkspace(folder.path, { cities: ['Zapopan'] })
  expect(await faults(folder.path, '/nowhere/chromium')).toEqual([{ check: 'browser', fault: null }])
  appendFileSync(join(folder.path, 'zafra.yaml'), 'scrapers: { tiny: { browser: true } }\n')
  expect(await faults(folder.path, '/nowhere/chromium')).toEqual([
    {
      check: 'browser',
      fault: {
        message: 'scraper tiny needs a browser, and no Chromium can be run',
        remedy: 'install chromium, or name one in ZAFRA_CHROMIUM',
      },
    },
  ])
  expect(await faults(folder.path, '/bin/true')).toEqual([{ check: 'browser', fault: null }])
})
