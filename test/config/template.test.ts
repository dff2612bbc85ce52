import { expect, test } from 'vitest'
import { workspaceTemplate } from '../../src/config/template.ts'
import { load } from './workspace.ts'

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
