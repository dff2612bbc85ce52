import type { Sort } from './view.ts'

/** What a list is asked for. */
export interface Ask<By extends string = string> {
  search: string
  sort: Sort<By> | null
  offset: number
  limit: number
  /** Also where the row with this id stands. */
  find: string | null
}

export interface Page<Row> {
  total: number
  rows: readonly Row[]
  /** Of the row to be found; null: it is not in the list, or was not asked for. */
  position: number | null
}

/** Where the rows of a list come from. What it gives is fit for the screen. */
export interface Source<Row, By extends string = string> {
  id(row: Row): string
  page(ask: Ask<By>): Promise<Page<Row>>
  /** The ids of all rows that the search chooses. */
  ids(search: string): Promise<string[]>
  /** @throws ZafraError `usage` where the search makes no sense */
  check?(search: string): void
}
