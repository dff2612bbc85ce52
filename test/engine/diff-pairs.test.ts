import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Combination } from '../../src/domain/codes.ts'
import type { DiffPair } from '../../src/domain/diff.ts'
import type { TaskFilter } from '../../src/domain/filter.ts'
import type { Reads } from '../../src/domain/store.ts'
import { Asked } from '../../src/engine/diff/asked.ts'
import { ListChanges } from '../../src/engine/diff/list-changes.ts'
import { SiteTimes } from '../../src/engine/diff/site-times.ts'
import { openKysely } from '../../src/store/driver.ts'
import { Memory } from '../../src/store/memory.ts'
import { LATEST_VERSION, migrate } from '../../src/store/migrations.ts'
import { createReads } from '../../src/store/queries/reads.ts'

const task = fc.record({
  batch: fc.constantFrom('a', 'b'),
  scraper: fc.constantFrom('cyt', 'inm24', 'inm24_det'),
  site: fc.constantFrom('CyT', 'Inm24'),
  city: fc.constantFrom('Gdl', 'Zap'),
  variant: fc.integer({ min: 1, max: 12 }),
  url: fc.constantFrom('u1', 'u2', 'u3', 'u4'),
  status: fc.constantFrom('completed', 'pending'),
  minutes: fc.integer({ min: 0, max: 9 }),
})
type Made = typeof task extends fc.Arbitrary<infer T> ? T : never

const keyOf = ({ scraper, site, city, variant }: Made) =>
  JSON.stringify([scraper, site, city, 'Ven', 'Cas', variant])
const isMain = ({ scraper }: Made) => scraper !== 'inm24_det'
const filter = fc.constantFrom<TaskFilter>({}, { city: 'Zap' }, { site: 'CyT' }, { match: 'u1' })
const fits = (asked: TaskFilter, { city, site, url }: Made) =>
  (asked.city ?? city) === city && (asked.site ?? site) === site && url.includes(asked.match ?? '')

const EVERYTHING = { from: new Asked({}), to: new Asked({}) }

test('slices of two batches tell what a plain comparison of all their tasks tells', async () => {
  const memory = new Memory()
  migrate(memory, 0, LATEST_VERSION, '2025-09-16 10:00:00')
  memory.script(`INSERT INTO execution_batches (batch_id, month_year, execution_number)
    VALUES ('a', 'Sep25', 1), ('b', 'Sep25', 2), ('main', 'Sep25', 3);
    INSERT INTO scraping_tasks (id, scraper_name, website, city, operation, product, url, order_num, status, execution_batch)
    VALUES (1, 'inm24', 'Inm24', 'Gdl', 'Ven', 'Cas', 'u1', 1, 'pending', 'main')`)
  const reads = createReads(openKysely(memory))
  const tasks = fc.uniqueArray(task, { selector: (each) => each.batch + keyOf(each), maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(tasks, filter, fc.integer({ min: 1, max: 7 }), async (made, asked, limit) => {
      fill(memory, made)
      const pairs = await inSlices(reads, asked, limit)
      const [a, b] = ['a', 'b'].map((batch) => made.filter((each) => each.batch === batch)) as [
        Made[],
        Made[],
      ]

      const keys = new Set([...a, ...b].map(keyOf))
      expect(pairs.map(nameOf).toSorted()).toEqual([...keys].toSorted())
      const codes = pairs.map(({ scraper_name, website, city }) => `${scraper_name} ${website} ${city}`)
      expect(codes).toEqual(codes.toSorted())
      for (const pair of pairs) {
        for (const [side, batch] of [
          [pair.from, a],
          [pair.to, b],
        ] as const) {
          const own = batch.find((each) => keyOf(each) === nameOf(pair))
          const { url, status } = own ?? {}
          expect(
            side && {
              url: side.url,
              status: side.status === 'completed',
              main: side.depends_on === null,
              chosen: side.chosen,
            },
          ).toEqual(
            own ? { url, status: status === 'completed', main: isMain(own), chosen: fits(asked, own) } : null,
          )
        }
      }

      const lists = new ListChanges()
      const times = new SiteTimes(asked.site)
      for (const pair of pairs) lists.add(pair, EVERYTHING)
      for (const pair of pairs) times.add(pair)
      const { added_urls, gone_urls } = await lists.urls(async function* () {
        yield* pairs
      })
      expect([added_urls.toSorted(), gone_urls.toSorted()]).toEqual([only(b, a, asked), only(a, b, asked)])
      const sum = times
        .sites()
        .map(({ website, tasks: count, before, after }) => [
          website,
          count,
          Math.round(before),
          Math.round(after),
        ])
      expect(sum).toEqual(timesOf(a, b, asked))
    }),
    { numRuns: 60 },
  )
})

test('around two batches there are only sweeps that completed, are whole and not in doubt', async () => {
  const memory = new Memory()
  migrate(memory, 0, LATEST_VERSION, '2025-09-16 10:00:00')
  const sweeps = [
    ['s1', 'completed', '{"complete":true}', 'ok'],
    ['s2', 'completed', '{"complete":true}', 'ok'],
    ['part', 'completed', '{"complete":false,"stopped_by":"max_pages"}', 'ok'],
    ['s3', 'completed', '{"complete":true}', 'ok'],
    ['doubt', 'completed', '{"complete":true}', 'suspect'],
    ['from', 'completed', '{"complete":true}', 'ok'],
    ['m1', 'completed', '{"complete":true}', 'ok'],
    ['m2', 'completed', '{"complete":true}', 'ok'],
    ['m3', 'failed', null, null],
    ['to', 'completed', '{"complete":true}', 'ok'],
  ] as const
  for (const [at, [batch, status, facts, verdict]] of sweeps.entries()) {
    const id = at + 1
    memory.script(`INSERT INTO execution_batches (batch_id, month_year, execution_number) VALUES ('${batch}', 'Sep25', ${id});
      INSERT INTO scraping_tasks (id, scraper_name, website, city, operation, product, url, order_num, status,
        execution_batch, output_path, completed_at)
      VALUES (${id}, 'cyt', 'CyT', 'Gdl', 'Ven', 'Cas', 'u', 1, '${status}', '${batch}', '${batch}.csv', '2025-09-16 10:00:00')`)
    if (facts === null) continue
    memory.script(`INSERT INTO task_attempts (task_id, number, tag, log_path, execution_batch, started_at, ended_at, outcome, facts, verdict)
      VALUES (${id}, 1, 't', 'l', '${batch}', '2025-09-16 10:00:00', '2025-09-16 10:00:00', 'completed', '${facts}', '${verdict}')`)
  }
  memory.script(`INSERT INTO scraping_tasks (scraper_name, website, city, operation, product, url, order_num, status,
      execution_batch, output_path, depends_on)
    VALUES ('cyt_det', 'CyT', 'Gdl', 'Ven', 'Cas', 'u', 1, 'completed', 's3', 'details.csv', 4)`)
  const reads = createReads(openKysely(memory))
  const of = {
    scraper_name: 'cyt',
    website: 'CyT',
    city: 'Gdl',
    operation: 'Ven',
    product: 'Cas',
    variant: 1,
  }
  const sweep = (batch: string) => ({
    batch,
    at: '2025-09-16 10:00:00',
    output_path: `${batch}.csv`,
    details_path: null,
  })
  expect(await reads.diffSweeps(of, 6, 10)).toEqual({
    earlier: [{ ...sweep('s3'), details_path: 'details.csv' }, sweep('s2')],
    between: sweep('m2'),
  })
  expect(await reads.diffSweeps(of, 6, 7)).toMatchObject({ between: null })
  expect(await reads.diffSweeps(of, 10, 6)).toEqual({ earlier: [], between: null })
})

async function inSlices(
  reads: Pick<Reads, 'diffPairs'>,
  asked: TaskFilter,
  limit: number,
): Promise<DiffPair[]> {
  const pairs: DiffPair[] = []
  for (let after: Combination | null = null; ;) {
    const slice: Awaited<ReturnType<Reads['diffPairs']>> = await reads.diffPairs({
      from: 'a',
      to: 'b',
      filter: asked,
      after,
      limit,
    })
    expect(slice.pairs.length).toBeLessThanOrEqual(limit)
    pairs.push(...slice.pairs)
    if (!slice.next) return pairs
    after = slice.next
  }
}

function fill(memory: Memory, made: readonly Made[]): void {
  memory.script("DELETE FROM scraping_tasks WHERE execution_batch <> 'main'")
  for (const { batch, scraper, site, city, variant, url, status, minutes } of made) {
    memory.script(`INSERT INTO scraping_tasks (scraper_name, website, city, operation, product, url, order_num, status,
        execution_batch, variant, depends_on, started_at, completed_at)
      VALUES ('${scraper}', '${site}', '${city}', 'Ven', 'Cas', '${url}', 1, '${status}', '${batch}', ${variant},
        ${scraper === 'inm24_det' ? 1 : 'NULL'}, '2025-09-16 10:00:00', '2025-09-16 10:0${minutes}:00')`)
  }
}

function nameOf({ scraper_name, website, city, operation, product, variant }: DiffPair): string {
  return JSON.stringify([scraper_name, website, city, operation, product, variant])
}

function only(own: readonly Made[], other: readonly Made[], asked: TaskFilter): string[] {
  const theirs = new Set(other.filter(isMain).map(({ url }) => url))
  const urls = own
    .filter((each) => isMain(each) && fits(asked, each) && !theirs.has(each.url))
    .map(({ url }) => url)
  return [...new Set(urls)].toSorted()
}

function timesOf(a: readonly Made[], b: readonly Made[], { site }: TaskFilter) {
  const done = (each: Made) => each.status === 'completed' && (site ?? each.site) === each.site
  const both = a
    .filter(done)
    .flatMap((one) =>
      b.filter((other) => done(other) && keyOf(one) === keyOf(other)).map((other) => [one, other] as const),
    )
  const sites = Map.groupBy(both, ([one]) => one.site)
  return [...sites]
    .map(([website, each]) => [
      website,
      each.length,
      each.reduce((sum, [one]) => sum + one.minutes, 0),
      each.reduce((sum, [, other]) => sum + other.minutes, 0),
    ])
    .toSorted(([one], [other]) => String(one).localeCompare(String(other)))
}
