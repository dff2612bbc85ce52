import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { workspaceTemplate } from '../../src/config/template.ts'
import { loadConfig } from '../../src/config/load.ts'
import { formatCodeList } from '../../src/plan/code-list.ts'
import { createPlanner } from '../../src/plan/planner.ts'
import { shippedCodes } from '../../src/plan/shipped-codes.ts'
import { folderWith, load } from './workspace.ts'

const yaml = workspaceTemplate('').find(({ path }) => path === 'zafra.yaml')!.contents

test('zafra.yaml of a new workspace means the defaults', async () => {
  const { config, notices } = await load(yaml)
  expect({ ...config, workspace: '', database: {}, paths: {} }).toEqual({
    ...(await load('')).config,
    workspace: '',
    database: {},
    paths: {},
  })
  expect(notices).toEqual([])
})

test('each of its commented settings shows the default, and no setting is missing', async () => {
  const uncommented = yaml.replaceAll(/^( *)#(?=\S)/gm, '$1')
  const { config, sources } = await load(uncommented)
  const inWorkspace = (text: string) => text.replaceAll(config.workspace, '')
  const plain = await load('')
  expect(inWorkspace(JSON.stringify(config))).toBe(
    JSON.stringify(plain.config).replaceAll(plain.config.workspace, ''),
  )
  const unsaid = Object.keys(sources).filter((path) => sources[path] === 'default')
  // These depend on the machine; a site states what is its own, the first one everything.
  expect(unsaid.filter((path) => !path.startsWith('sites.'))).toEqual([
    'time_zone',
    'execution.max_parallel',
    'workspace',
  ])
  expect(unsaid.filter((path) => path.startsWith('sites.CyT'))).toEqual([])
})

test('it holds a list per site, the code list and a program', () => {
  expect(workspaceTemplate('codes').map(({ path }) => path)).toEqual([
    'zafra.yaml',
    'urls/cyt_urls.csv',
    'urls/inm24_urls.csv',
    'urls/lam_urls.csv',
    'urls/mit_urls.csv',
    'urls/prop_urls.csv',
    'urls/tro_urls.csv',
    'codes.csv',
    'scrapers/example.py',
  ])
})

test('a new workspace plans as it is', async () => {
  const folder = await folderWith('')
  for (const { path, contents } of workspaceTemplate(formatCodeList(shippedCodes))) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), contents)
  }
  const { config } = await loadConfig({ cwd: folder, env: {}, cronProblem: () => undefined })
  const planner = createPlanner(config, { hasScraper: () => true })
  const plan = await planner.plan({ month_year: 'Sep25', execution_number: 1 }, {})
  expect(plan).toMatchObject({ rows: 6, planned: 6, problems: [] })
  expect(plan.tasks.filter(({ depends_on }) => depends_on === null).map(({ website }) => website)).toEqual(
    Object.keys(config.sites),
  )
})
