import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createComparer } from '../../src/checks/index.ts'
import { DIFF_KINDS, evidenceText, type DiffKind, type Outputs, type Sweep } from '../../src/domain/diff.ts'
import { folder } from '../checks/support.ts'

type Ids = readonly string[]

/** Full sweeps of one list, two before the earlier batch of a diff, one between, and the two themselves. */
function sweeps(seen: { s1?: Ids; s2?: Ids; from: Ids; between?: Ids; to: Ids }): Outputs {
  const place = folder()
  const sweep = (batch: string, ids: Ids): Sweep => {
    const path = join(place, `${batch}.csv`)
    writeFileSync(path, ['id,nombre,precio', ...ids.map((id) => `${id},Casa ${id},10`), ''].join('\n'))
    return { batch, at: null, path, full: true, gone: null }
  }
  const earlier = [seen.s2 && sweep('s2', seen.s2), seen.s1 && sweep('s1', seen.s1)]
  return {
    from: sweep('from', seen.from),
    to: sweep('to', seen.to),
    earlier: earlier.filter((each) => each !== undefined),
    between: seen.between ? sweep('between', seen.between) : null,
  }
}

/** Ids by what became of them; kinds without any left out. */
async function kinds(outputs: Outputs) {
  const comparer = createComparer()
  const found: Partial<Record<DiffKind, string[]>> = {}
  for (const kind of DIFF_KINDS) {
    const { changed, counts } = await comparer.compare(outputs, { kind, offset: 0, limit: 100 })
    expect([kind, changed.length]).toEqual([kind, counts[kind] ?? 0])
    if (changed.length > 0) found[kind] = changed.map(({ id }) => id).toSorted()
  }
  return found
}

async function evidence(outputs: Outputs, kind: DiffKind) {
  const { changed } = await createComparer().compare(outputs, { kind, offset: 0, limit: 100 })
  return changed.map((each) => `${each.id}: ${each.evidence ? evidenceText(each.evidence) : 'none'}`)
}

test('what one sweep did not see is not gone; what it missed before is not new', async () => {
  expect(await kinds(sweeps({ from: ['a', 'b'], to: ['b', 'c'] }))).toEqual({ new: ['c'], unseen: ['a'] })
  const three = sweeps({ s2: ['a', 'b', 'c'], from: ['a', 'b'], to: ['b', 'c'] })
  expect(await kinds(three)).toEqual({ unseen: ['a'], back: ['c'] })
  expect(await evidence(three, 'unseen')).toEqual(['a: not seen by to; last seen by from'])
  expect(await evidence(three, 'back')).toEqual(['c: not seen by from; last seen by s2'])
})

test('what two sweeps did not see is gone, once, with both as its evidence', async () => {
  const proven = sweeps({ s1: ['a', 'b', 'z'], s2: ['a', 'b', 'c'], from: ['a', 'b'], to: ['b'] })
  expect(await kinds(proven)).toEqual({ gone: ['c'], unseen: ['a'] })
  expect(await evidence(proven, 'gone')).toEqual(['c: not seen by from, to; last seen by s2'])
  const apart = sweeps({ from: ['a', 'b', 'c'], between: ['b', 'c'], to: ['b'] })
  expect(await kinds(apart)).toEqual({ gone: ['a'], unseen: ['c'] })
  expect(await evidence(apart, 'gone')).toEqual(['a: not seen by between, to; last seen by from'])
})

test('the price in the last output that has it is told', async () => {
  const { changed } = await createComparer().compare(sweeps({ s2: ['a', 'b'], from: ['b'], to: ['b'] }), {
    kind: 'gone',
    offset: 0,
    limit: 9,
  })
  expect(changed).toMatchObject([{ id: 'a', title: 'Casa a', price_before: 10, price_after: null }])
})

test('a later sweep that is not full proves nothing, an earlier one no second absence', async () => {
  const some = sweeps({ s2: ['a', 'b', 'c'], from: ['a', 'b'], to: ['b'] })
  expect(await kinds({ ...some, to: { ...some.to, full: false } })).toEqual({})
  const { counts } = await createComparer().compare({ ...some, to: { ...some.to, full: false } })
  expect(counts).toMatchObject({ gone: null, unseen: null })
  expect(await kinds({ ...some, from: { ...some.from, full: false } })).toEqual({ unseen: ['a'] })
})

test('a sweep around them that cannot be read, or knows no ids, proves nothing', async () => {
  const some = sweeps({ from: ['a', 'b'], between: ['b'], to: ['b'] })
  expect(await kinds(some)).toEqual({ gone: ['a'] })
  for (const contents of ['nombre\nCasa a\n', 'id,nombre\nb,"Casa\n', '']) {
    writeFileSync(some.between!.path, contents)
    expect([contents, await kinds(some)]).toEqual([contents, { unseen: ['a'] }])
  }
  const lost = { ...some, between: { ...some.between!, path: '/nowhere/between.csv' } }
  expect(await kinds(lost)).toEqual({ unseen: ['a'] })
})

/** What the details' scraper of a batch notes beside its output. */
function noted(outputs: Outputs, side: 'from' | 'to', ids: Ids): Outputs {
  const gone = `${outputs[side].path}.gone.csv`
  const lines = ids.map((id) => `"https://a.mx/casa/${id}?pos=1",404,2025-09-16 10:00:00`)
  writeFileSync(gone, ['url,status,at', ...lines, ''].join('\n'))
  return { ...outputs, [side]: { ...outputs[side], gone } }
}

test('what its own address says is gone is gone at once, with the answer as its evidence', async () => {
  const plain = sweeps({ from: ['a', 'b', 'c'], to: ['b', 'c', 'd'] })
  for (const { path } of [plain.from, plain.to]) {
    const rows = readFileSync(path, 'utf8').trim().split('\n').slice(1)
    const withUrls = rows.map((row) => `${row},https://www.a.mx/casa/${row.split(',')[0]}`)
    writeFileSync(path, ['id,nombre,precio,url', ...withUrls, ''].join('\n'))
  }
  expect(await kinds(plain)).toEqual({ new: ['d'], unseen: ['a'] })
  // One that the list shows still, and one that it does not.
  const outputs = noted(noted(plain, 'to', ['b']), 'from', ['a'])
  expect(await kinds(outputs)).toEqual({ new: ['d'], gone: ['a', 'b'] })
  expect(await evidence(outputs, 'gone')).toEqual([
    'b: its address answered 404 to to (2025-09-16 10:00:00); last seen by to',
    'a: its address answered 404 to from (2025-09-16 10:00:00); not seen by to; last seen by from',
  ])
  // It was so in the earlier batch already.
  expect(await kinds(noted(noted(plain, 'to', ['b']), 'from', ['b']))).toEqual({ new: ['d'], unseen: ['a'] })
})
