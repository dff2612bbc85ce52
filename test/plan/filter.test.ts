import { expect, test } from 'vitest'
import type { TaskFilter } from '../../src/domain/filter.ts'
import { HEADER, planOf, row } from './workspace.ts'

const lists = {
  'a.csv': [
    HEADER,
    row('Zapopan', 'venta', 'Casas', 'one'),
    row('Zapopan', 'venta', 'Casas', 'two'),
    row('Zapopan', 'venta', 'Casas', 'two'),
    row('Tonalá', 'renta', 'Villa', 'three'),
    row('Nowhere', 'renta', 'Casas', 'four'),
    'Inmuebles24,Zapopan,venta,Casas,https://www.inmuebles24.com/five',
    'Inmuebles24,Zapopan,venta,Casas,https://nobody.mx/six',
  ],
}

test.each<[TaskFilter, [rows: number, planned: number, duplicates: number, rejected: number]]>([
  [{}, [7, 4, 1, 2]],
  [{ site: 'Prop' }, [6, 3, 1, 2]],
  [{ site: 'propiedades' }, [6, 3, 1, 2]],
  [{ site: 'Inm24' }, [2, 1, 0, 1]],
  [{ city: 'Zap' }, [6, 3, 1, 2]],
  [{ city: 'Ton' }, [2, 1, 0, 1]],
  [{ operation: 'Ren' }, [2, 1, 0, 1]],
  [{ product: 'Vill' }, [1, 1, 0, 0]],
  [{ scraper: 'inm24_det' }, [2, 1, 0, 1]],
  [{ match: 'TWO' }, [2, 1, 1, 0]],
  [{ site: 'Prop', match: 'one' }, [1, 1, 0, 0]],
  [{ city: 'Nowhere' }, [1, 0, 0, 1]],
])('%j chooses rows', async (filter, expected) => {
  const { rows, planned, duplicates, rejected, problems } = await planOf({ lists, filter })
  expect([rows, planned, duplicates, rejected]).toEqual(expected)
  expect(problems.filter(({ severity, line }) => severity !== 'warning' && line > 0)).toHaveLength(
    duplicates + rejected,
  )
})

test('variants and order numbers are those of the whole lists', async () => {
  const { tasks } = await planOf({ lists, filter: { match: 'two' } })
  expect(tasks).toMatchObject([{ variant: 2, order_num: 2 }])
})

test('a scraper chooses rows with all their tasks', async () => {
  const { tasks } = await planOf({ lists, filter: { scraper: 'inm24_det' } })
  expect(tasks.map(({ scraper_name }) => scraper_name)).toEqual(['inm24', 'inm24_det'])
})

test.each<TaskFilter>([
  { ids: [1] },
  { status: ['failed'] },
  { search: 'zapopan' },
  { since: '2026-01-01 00:00:00' },
])('%j would choose every row, so it is refused', async (filter) => {
  await expect(planOf({ lists, filter })).rejects.toMatchObject({ code: 'usage' })
})
