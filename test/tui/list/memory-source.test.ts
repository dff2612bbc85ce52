import { expect, test } from 'vitest'
import { memorySource } from '../../../src/tui/list/memory-source.ts'
import { createReadable } from '../../../src/tui/readable.ts'

test.each([
  [true, 'señal', ['1']],
  [false, 'señal', ['2']],
  [true, 'senal', ['1']],
])('what is typed is compared as what the rows were made: ASCII %s, "%s"', async (ascii, search, ids) => {
  const source = memorySource<{ id: string; text: string }>({
    all: () => [
      { id: '1', text: 'senal perdida' },
      { id: '2', text: 'señal perdida' },
    ],
    id: ({ id }) => id,
    readable: createReadable(ascii),
    fields: [],
    searched: ({ text }) => ({ text: [text] }),
  })
  expect(await source.ids(search)).toEqual(ids)
})
