import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TaskFilter } from '../../src/domain/filter.ts'
import { TASK_SORTS, type TaskSort } from '../../src/domain/task-sort.ts'
import type { Reads } from '../../src/domain/store.ts'
import { TASK_STATUSES, type Task, type TaskPatch } from '../../src/domain/task.ts'
import { createFailures } from '../../src/engine/failures.ts'
import { createLists, type Lists } from '../../src/engine/list/lists.ts'
import { testClock, type TestClock } from '../support/clock.ts'
import { task } from '../support/task.ts'

/** What stands in for the database: the tasks themselves, and how often they were read. */
class Shelf {
  readonly tasks: Task[]
  reads = 0

  constructor(tasks: Task[]) {
    this.tasks = tasks
  }

  change(id: number, set: TaskPatch): void {
    const at = this.tasks.findIndex((each) => each.id === id)
    this.tasks[at] = { ...this.tasks[at]!, ...set }
  }

  chosen({ ids, batch, site, status, match }: TaskFilter): Task[] {
    return this.tasks.filter(
      (each) =>
        (ids?.includes(each.id) ?? true) &&
        (batch ?? each.execution_batch) === each.execution_batch &&
        (site ?? each.website) === each.website &&
        (status?.includes(each.status) ?? true) &&
        (match === undefined || each.url.includes(match)),
    )
  }

  ports(): Reads {
    const reads: Partial<Reads> = {
      listedTasks: async (filter, { after, limit }) => {
        this.reads += 1
        return this.chosen(filter)
          .filter((each) => each.id > after)
          .slice(0, limit)
      },
      taskIds: async (filter) => this.chosen(filter).map(({ id }) => id),
      failures: async () => [],
    }
    return reads as Reads
  }
}

function open(shelf: Shelf): { lists: Lists; clock: TestClock } {
  const reads = shelf.ports()
  const clock = testClock()
  return { clock, lists: createLists({ reads, clock, failures: createFailures(reads) }) }
}

const CITIES = ['Gdl', 'Zap', 'Ton', 'Tlaj']
const ERRORS = [null, 'página 3 sin anuncios', 'HTTP 503', 'blocked by Zuñiga']

const aTask = fc.record({
  website: fc.constantFrom('CyT', 'Inm24', 'Lam'),
  city: fc.constantFrom(...CITIES),
  status: fc.constantFrom(...TASK_STATUSES),
  execution_batch: fc.constantFrom('Nov26_01', 'Nov26_02'),
  attempts: fc.nat(3),
  error_message: fc.constantFrom(...ERRORS),
  data_records_extracted: fc.nat(20),
  started_at: fc.constantFrom(null, '2026-11-24 05:00:00', '2026-11-24 05:10:00'),
  completed_at: fc.constantFrom(null, '2026-11-24 05:15:00', '2026-11-24 05:30:30'),
})

const aSort: fc.Arbitrary<TaskSort> = fc.record({
  by: fc.constantFrom(...TASK_SORTS),
  descending: fc.boolean(),
})

/** A search as a person types it, and what it means. */
type Search = [string, (each: Task) => boolean]
const holds = (each: Task, piece: string) =>
  [
    each.website,
    each.city,
    each.operation,
    each.product,
    each.scraper_name,
    each.url,
    each.error_message,
  ].some((own) => (own ?? '').toLowerCase().includes(piece))
const minutesOf = ({ started_at, completed_at }: Task) =>
  started_at === null || completed_at === null
    ? Number.NaN
    : (Date.parse(`${completed_at}Z`) - Date.parse(`${started_at}Z`)) / 60_000
const SEARCHES: Search[] = [
  ['', () => true],
  ['zap', (each) => holds(each, 'zap')],
  ['!zap', (each) => !holds(each, 'zap')],
  ['PAGINA', (each) => each.error_message === ERRORS[1]],
  ['zuniga', () => false],
  ['zuñiga', (each) => each.error_message === ERRORS[3]],
  ['~cyt', (each) => each.website === 'CyT' || each.scraper_name === 'cyt'],
  ['site:inm24,lam', (each) => each.website !== 'CyT'],
  ['status:failed', (each) => each.status === 'failed' || each.status === 'permanently_failed'],
  ['city:gdl !status:completed', (each) => each.city === 'Gdl' && each.status !== 'completed'],
  ['rows:<10', (each) => each.data_records_extracted < 10],
  ['rows:3..7 attempts:>1', (each) => between(each.data_records_extracted, 3, 7) && each.attempts > 1],
  ['minutes:20..', (each) => minutesOf(each) >= 20],
  ['!minutes:20..', (each) => !(minutesOf(each) >= 20)],
  ['error:"http 503"', (each) => each.error_message === 'HTTP 503'],
  ['batch:nov26_02', (each) => each.execution_batch === 'Nov26_02'],
  ['url:/2', (each) => each.url.includes('/2')],
  ['id:5..12', (each) => between(each.id, 5, 12)],
]
const between = (number: number, from: number, to: number) => number >= from && number <= to

const WORDS = {
  batch: fc.constantFrom('Nov26_01', 'Nov26_02'),
  site: fc.constantFrom('CyT', 'Inm24'),
  status: fc.subarray([...TASK_STATUSES], { minLength: 3 }),
  ids: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 10 }),
  match: fc.constantFrom('/1', '/2'),
}
/** One word at most, mostly: with more of them hardly any task is left. */
const aFilter: fc.Arbitrary<TaskFilter> = fc.oneof(
  fc.constant({}),
  ...Object.entries(WORDS).map(([word, value]) => fc.record({ [word]: value })),
  fc.record(WORDS, { requiredKeys: [] }),
)
/** What is kept from one question to the next. */
const aKeptFilter: fc.Arbitrary<TaskFilter> = fc.oneof(
  fc.constant({}),
  fc.record({ batch: WORDS.batch }),
  fc.record({ status: WORDS.status }),
)

/** The plain way: look at every task, sort all of them. */
function naive(shelf: Shelf, filter: TaskFilter, [, means]: Search, { by, descending }: TaskSort): number[] {
  const way = descending ? -1 : 1
  const key = (each: Task) => (by === 'minutes' ? minutesOf(each) : each[by])
  const isNone = (value: unknown) => value === null || Number.isNaN(value)
  return shelf
    .chosen(filter)
    .filter(means)
    .toSorted((a, b) => {
      const [one, other] = [key(a), key(b)]
      if (isNone(one) || isNone(other)) return Number(isNone(one)) - Number(isNone(other)) || a.id - b.id
      return one! < other! ? -way : one! > other! ? way : a.id - b.id
    })
    .map(({ id }) => id)
}

type Question = [filter: TaskFilter, search: Search, sort: TaskSort]

/** The whole list, a page of it, the place of a task, and the ids. */
async function answers(lists: Lists, [asked, [search], sort]: Question) {
  const filter = { ...asked, search }
  const whole = await lists.page(filter, { sort, offset: 0, limit: 1000 })
  const page = await lists.page(filter, { sort, offset: 2, limit: 3, find: FIND })
  return { ...whole, page: page.ids, position: page.position, all: await lists.ids(filter) }
}

const FIND = 4

function naiveAnswers(shelf: Shelf, [filter, search, sort]: Question): Awaited<ReturnType<typeof answers>> {
  const ids = naive(shelf, filter, search, sort)
  return {
    ids,
    total: ids.length,
    page: ids.slice(2, 5),
    position: ids.includes(FIND) ? ids.indexOf(FIND) : null,
    all: ids.toSorted((a, b) => a - b),
  }
}

const numbered = (tasks: Partial<Task>[]) =>
  tasks.map((each, at) => task({ ...each, id: at + 1, url: `https://x.mx/${at + 1}` }))

describe('a searched and sorted list', () => {
  it('is what looking at every task gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aTask, { minLength: 4, maxLength: 30 }),
        aFilter,
        fc.constantFrom(...SEARCHES),
        aSort,
        async (tasks, ...question) => {
          const shelf = new Shelf(numbered(tasks))
          expect(await answers(open(shelf).lists, question)).toEqual(naiveAnswers(shelf, question))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('stays so while tasks change, one by one and many at once', async () => {
    const step = fc.oneof(
      fc.record({ id: fc.integer({ min: 1, max: 20 }), set: patch() }),
      fc.record({
        filter: fc.record(
          { site: fc.constantFrom('CyT', 'Lam'), batch: fc.constantFrom('Nov26_01') },
          { requiredKeys: [] },
        ),
        from: fc.constantFrom(...TASK_STATUSES),
        set: patch(),
      }),
      fc.record({ grow: aTask }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(aTask, { minLength: 10, maxLength: 20 }),
        fc.array(fc.tuple(aKeptFilter, fc.constantFrom(...SEARCHES), aSort), { minLength: 1, maxLength: 2 }),
        fc.array(step, { minLength: 1, maxLength: 15 }),
        async (tasks, questions, steps) => {
          const shelf = new Shelf(numbered(tasks))
          const { lists } = open(shelf)
          const same = async () => {
            for (const question of questions)
              expect(await answers(lists, question)).toEqual(naiveAnswers(shelf, question))
          }
          await same()
          for (const each of steps) {
            take(shelf, lists, each)
            await same()
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  it('is read once, and let go when nobody has asked for it for a while', async () => {
    const shelf = new Shelf(numbered(Array.from({ length: 2500 }, () => ({}))))
    const { lists, clock } = open(shelf)
    const ask = (batch = 'Nov26_01') =>
      lists.page({ batch, search: 'gdl' }, { sort: { by: 'id', descending: false }, offset: 0, limit: 5 })
    await Promise.all([ask(), ask(), ask()])
    const once = shelf.reads
    expect(once).toBe(6)
    lists.hear([{ type: 'task', id: 1, from: 'pending', set: { status: 'running' } }])
    await ask()
    expect(shelf.reads).toBe(once)
    clock.advance(10 * 60_000)
    lists.hear([])
    await ask()
    expect(shelf.reads).toBe(2 * once)
    // Also where nothing changes: whoever looks at one batch after the other.
    clock.advance(10 * 60_000)
    const another = shelf.reads
    await ask('Nov26_02')
    await ask()
    expect(shelf.reads).toBe(another + 1 + once)
  })

  it('can be read again after it could not be read', async () => {
    const shelf = new Shelf(numbered([{}]))
    const shelved = shelf.ports()
    let fails = true
    const reads: Reads = {
      ...shelved,
      listedTasks: (...of) => (fails ? Promise.reject(new Error('no')) : shelved.listedTasks(...of)),
    }
    const lists = createLists({ reads, clock: testClock(), failures: createFailures(reads) })
    await expect(lists.ids({ search: 'gdl' })).rejects.toThrow('no')
    fails = false
    expect(await lists.ids({ search: 'gdl' })).toEqual([1])
  })
})

function patch(): fc.Arbitrary<TaskPatch> {
  return fc.record(
    {
      status: fc.constantFrom(...TASK_STATUSES),
      attempts: fc.nat(3),
      error_message: fc.constantFrom(...ERRORS),
      data_records_extracted: fc.nat(20),
      completed_at: fc.constantFrom(null, '2026-11-24 05:45:00'),
    },
    { requiredKeys: ['status'] },
  )
}

type Step =
  | { id: number; set: TaskPatch }
  | { filter: TaskFilter; from: Task['status']; set: TaskPatch }
  | { grow: Partial<Task> }

function take(shelf: Shelf, lists: Lists, step: Step): void {
  if ('grow' in step) {
    const id = shelf.tasks.length + 1
    // A batch is written whole: what comes later is another one.
    shelf.tasks.push(task({ ...step.grow, id, url: `https://x.mx/${id}`, execution_batch: `Dic26_${id}` }))
    lists.grow()
    return
  }
  const changed =
    'id' in step ? [step.id] : shelf.chosen({ ...step.filter, status: [step.from] }).map(({ id }) => id)
  const from = shelf.tasks.find(({ id }) => id === changed[0])?.status ?? 'pending'
  for (const id of changed) if (id <= shelf.tasks.length) shelf.change(id, step.set)
  lists.hear(
    'id' in step
      ? [{ type: 'task', id: step.id, from, set: step.set }]
      : [{ type: 'tasks', filter: step.filter, from: step.from, set: step.set }],
  )
}
