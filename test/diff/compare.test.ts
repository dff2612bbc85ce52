import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createComparer } from '../../src/checks/index.ts'
import {
  diffLines,
  DIFF_KINDS,
  type ChangedPage,
  type DiffView,
  type Outputs,
} from '../../src/domain/diff.ts'
import { folder } from '../checks/support.ts'

/** Two outputs of batches that follow each other, the first ones that there are. */
function pairOf(from: string, to: string): Outputs {
  const sweep = (batch: string, path: string) => ({ batch, at: null, path, full: true, gone: null })
  return { from: sweep('Sep25_01', from), to: sweep('Sep25_02', to), earlier: [], between: null }
}

function compare(from: string, to: string, page?: ChangedPage) {
  const place = folder()
  const [one, other] = [join(place, 'from.csv'), join(place, 'to.csv')]
  writeFileSync(one, from)
  writeFileSync(other, to)
  return createComparer().compare(pairOf(one, other), page)
}

const counts = async (from: string, to: string) => (await compare(from, to)).counts

describe('two outputs', () => {
  test.each([
    ['the same', 'id,precio\n1,10\n2,20\n', 'id,precio\n2,20\n1,10\n', {}],
    ['one more, one less', 'id\n1\n2\n', 'id\n2\n3\n', { new: 1, unseen: 1 }],
    ['dearer and cheaper', 'id,precio\n1,10\n2,20\n', 'id,precio\n1,11\n2,19\n', { up: 1, down: 1 }],
    ['written otherwise', 'id,precio\n1,"MN 1,500,000"\n', 'precio,id\n1500000,1\n', {}],
    ['a price that is not told any more', 'id,precio\n1,10\n', 'id,precio\n1,consultar\n', {}],
    ['another currency', 'id,precio,moneda\n1,10,MXN\n', 'id,precio,moneda\n1,20,USD\n', {}],
    ['dollars', 'id,precio\n1,US$ 10\n', 'id,precio\n1,US$ 20\n', { up: 1 }],
    ['listings that repeat', 'id,precio\n1,10\n1,12\n', 'id,precio\n1,10\n1,30\n9,1\n9,1\n', { new: 1 }],
    ['an id that came later', 'url\nhttps://www.a.mx/x-1\n', 'id,url\n7,http://a.mx/x-1?from=list\n', {}],
    ['another address under the same id', 'id,url\n1,https://a.mx/1\n', 'id,url\n1,https://a.mx/uno\n', {}],
    [
      'rows without an id',
      'id,url\n1,//a.mx/1\n,//a.mx/x-2\n',
      'id,url\n1,//a.mx/1\n,//a.mx/x-3\n',
      { new: 1, unseen: 1 },
    ],
    ['rows without either', 'id,precio\n,10\n', 'id,precio\n,20\n', {}],
    ['nothing but headers', 'id\n', 'id\n', {}],
  ])('%s', async (_what, from, to, expected) => {
    const { new: fresh, gone, unseen, up, down } = await counts(from, to)
    expect({ new: fresh, gone, unseen, up, down }).toEqual({
      new: 0,
      gone: 0,
      unseen: 0,
      up: 0,
      down: 0,
      ...expected,
    })
  })

  const ids = fc.uniqueArray(fc.nat(60))

  test('are told apart as sets are, and backwards the other way round', async () => {
    await fc.assert(
      fc.asyncProperty(ids, ids, async (one, other) => {
        const csv = (list: number[]) => ['id', ...list, ''].join('\n')
        const [there, back] = [await counts(csv(one), csv(other)), await counts(csv(other), csv(one))]
        const [before, after] = [new Set(one), new Set(other)]
        expect(there).toMatchObject({
          before: before.size,
          after: after.size,
          new: after.difference(before).size,
          gone: 0,
          unseen: before.difference(after).size,
        })
        expect([back.new, back.unseen]).toEqual([there.unseen, there.new])
      }),
      { numRuns: 40 },
    )
  })

  test('the pages of a kind hold its listings, each once', async () => {
    const from = 'id,nombre,precio\n1,a,10\n2,b,20\n3,c,30\n4,d,40\n4,d,40\n'
    const to = 'id,nombre,precio\n3,c,35\n5,e,50\n6,f,\n'
    for (const kind of DIFF_KINDS) {
      const whole = await compare(from, to, { kind, offset: 0, limit: 10 })
      const pages = await Promise.all(
        [0, 1, 2, 3].map((offset) => compare(from, to, { kind, offset, limit: 1 })),
      )
      expect(pages.flatMap(({ changed }) => changed)).toEqual(whole.changed)
      expect(whole.changed).toHaveLength(whole.counts[kind] ?? 0)
    }
    const unseen = await compare(from, to, { kind: 'unseen', offset: 2, limit: 5 })
    expect(unseen.changed).toMatchObject([
      { kind: 'unseen', id: '4', url: '', title: 'd', price_before: 40, price_after: null },
    ])
    const up = await compare(from, to, { kind: 'up', offset: 0, limit: 5 })
    expect(up.changed).toMatchObject([{ id: '3', price_before: 30, price_after: 35 }])
  })
})

test('a pair is read again when one of its files is another one', async () => {
  const place = folder()
  const [one, other] = [join(place, 'from.csv'), join(place, 'to.csv')]
  writeFileSync(one, 'id\n1\n')
  writeFileSync(other, 'id\n1\n')
  const comparer = createComparer()
  expect((await comparer.compare(pairOf(one, other))).counts.new).toBe(0)
  writeFileSync(other, 'id\n1\n2\n')
  expect((await comparer.compare(pairOf(one, other))).counts.new).toBe(1)
})

test('the pages of a kind are read together, those of another one not', async () => {
  const place = folder()
  const [one, other] = [join(place, 'from.csv'), join(place, 'to.csv')]
  writeFileSync(one, 'id\n1\n')
  writeFileSync(other, 'id\n2\n3\n')
  utimesSync(other, 1000, 1000)
  const comparer = createComparer()
  const ids = async (kind: 'new' | 'unseen', offset: number, search?: string) => {
    const chooses =
      search === undefined ? {} : { chooses: { name: search, test: ({ id = '' }) => id === search } }
    const { changed, chosen } = await comparer.compare(pairOf(one, other), {
      kind,
      offset,
      limit: 1,
      ...chooses,
    })
    return [changed.map(({ id }) => id).join(), chosen]
  }
  expect(await ids('new', 0)).toEqual(['2', 2])
  writeFileSync(other, 'id\n8\n9\n')
  utimesSync(other, 1000, 1000)
  // To the file system it is the same file still.
  expect(await ids('new', 1)).toEqual(['3', 2])
  expect(await ids('new', 0, '9')).toEqual(['9', 1])
  expect(await ids('unseen', 0)).toEqual(['1', 1])
})

test('a file that is not there is named', async () => {
  await expect(createComparer().compare(pairOf('/nowhere/a.csv', '/nowhere/b.csv'))).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('/nowhere/a.csv') as string,
  })
})

test('few lines tell what changed, and none that nothing did', () => {
  const none: DiffView = {
    from: 'Sep25_01',
    to: 'Sep25_02',
    only: { from: null, to: null },
    rows: { from: 7, to: 8 },
    sum: { before: 5, after: 5, new: 0, gone: 0, unseen: 0, back: 0, up: 0, down: 0, currency: 0 },
    total: 1,
    combinations: [],
    urls: { added: 0, gone: 0, added_urls: [], gone_urls: [] },
    sites: [{ website: 'CyT', tasks: 3, before: 10, after: 11, slower: false }],
    listings: null,
  }
  expect(diffLines(none)).toEqual([])
  const lines = diffLines({
    ...none,
    sum: { before: 5, after: 6, new: 2, gone: 1, unseen: 7, back: 5, up: 3, down: 4, currency: 0 },
    urls: { added: 2, gone: 1, added_urls: [], gone_urls: [] },
    sites: [{ website: 'CyT', tasks: 3, before: 10, after: 21, slower: true }],
  })
  expect(lines).toEqual([
    'since Sep25_01: 2 new, 1 gone, 7 not seen once, 5 back, 3 dearer, 4 cheaper (5 → 6 listings)',
    'lists: 2 addresses added, 1 gone',
    'slower: CyT 10 min → 21 min',
  ])
})
