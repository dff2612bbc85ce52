import type { Source } from './source.ts'
import type { ListView } from './view.ts'

/** A page of the engine is no longer; ranges are read in such pieces. */
const LONGEST_PAGE = 1000

/** The ids of the rows `from` to `to` of the list, both included. */
export async function idsBetween<Row, By extends string>(
  source: Source<Row, By>,
  { search, sort }: ListView<Row, By>,
  from: number,
  to: number,
): Promise<string[]> {
  const ids: string[] = []
  for (let offset = from; offset <= to; offset += LONGEST_PAGE) {
    const limit = Math.min(LONGEST_PAGE, to - offset + 1)
    const { rows } = await source.page({ search, sort, offset, limit, find: null })
    ids.push(...rows.map((row) => source.id(row)))
  }
  return ids
}
