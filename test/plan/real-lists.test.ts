import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { planFolder, realLists } from './workspace.ts'

const codes = new URL('../fixtures/codes.csv', import.meta.url)

test('the real lists plan whole: nothing is rejected, only exact duplicates are left out', async () => {
  const { rows, planned, duplicates, rejected, tasks } = await planFolder(await realLists())
  expect({ rows, planned, duplicates, rejected }).toEqual({
    rows: 1755,
    planned: 1728,
    duplicates: 27,
    rejected: 0,
  })
  // 594 rows of Inm24 and 162 of Lam feed a detail task.
  expect(tasks).toHaveLength(1728 + 594 + 162)
  expect(
    Object.fromEntries(
      Map.groupBy(tasks, (task) => task.scraper_name)
        .entries()
        .map(([name, all]) => [name, all.length]),
    ),
  ).toEqual({
    cyt: 171,
    inm24: 594,
    inm24_det: 594,
    lam: 162,
    lam_det: 162,
    mit: 468,
    prop: 252,
    tro: 81,
  })
})

test('the problems of the real lists are the known ones', async () => {
  const { problems } = await planFolder(await realLists())
  const count = (part: string) => problems.filter(({ message }) => message.includes(part)).length
  expect(
    problems.filter(({ severity }) => severity === 'duplicate').map(({ file, line }) => `${file}:${line}`),
  ).toEqual(Array.from({ length: 27 }, (_, index) => `urls/inm24_urls.csv:${202 + index}`))
  const repaired = problems.map(({ message }) => /^(\d+) row\(s\) hold double-encoded/.exec(message)?.[1])
  expect(repaired.filter(Boolean).map(Number)).toEqual([76, 291, 72, 238, 112, 36])
  expect(76 + 291 + 72 + 238 + 112 + 36).toBe(825)
  expect(problems.find(({ message }) => message.includes('name another site'))).toMatchObject({
    file: 'urls/lam_urls.csv',
    line: 2,
    message: expect.stringContaining('162 row(s) name another site'),
  })
  expect(count('a further URL of Inm24')).toBe(18)
  expect(problems).toHaveLength(27 + 6 + 1 + 18)
})

test('further URLs of a combination are variants of it', async () => {
  const { tasks } = await planFolder(await realLists())
  const variants = tasks.filter(({ scraper_name, variant }) => scraper_name === 'inm24' && variant > 1)
  expect(
    variants.map(({ variant, operation, url }) => [variant, operation, url.includes('-en-renta-')]),
  ).toEqual(Array.from({ length: 18 }, () => [2, 'Ven-d', true]))
  expect(variants[0]?.output_path).toBe(
    'data/Inm24/Zap/Ven-d/DepH/Sep25/01/Inm24URL_Zap_Ven-d_DepH_Sep25_01-2.csv',
  )
})

test('the operator’s own code list changes nothing', async () => {
  const folder = await realLists()
  const shipped = await planFolder(folder)
  await copyFile(codes, join(folder, 'codes.csv'))
  expect(await planFolder(folder)).toEqual(shipped)
})

test('every name of the operator’s code list has the code that it has there', async () => {
  const { parseCodeList } = await import('../../src/plan/code-list.ts')
  const { shippedCodes } = await import('../../src/plan/shipped-codes.ts')
  const { fold } = await import('../../src/plan/text.ts')
  const { entries, faults } = parseCodeList(await readFile(codes, 'utf8'))
  expect(faults).toEqual([])
  expect(entries).toHaveLength(6 + 9 + 5 + 57)
  for (const { kind, name, code } of entries) {
    const shipped = Object.entries(shippedCodes[kind]).find(([each]) => fold(each) === fold(name))
    expect({ name, code: shipped?.[1] }).toEqual({ name, code })
  }
})
