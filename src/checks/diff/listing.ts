import { plainName, type Places } from '../listing/columns.ts'

const TITLES = ['nombre', 'titulo', 'title', 'descripcion']
/** A cell may hold megabytes; a list of changes shows one line of it. */
const MOST_TEXT = 300

export function listingOf(cells: readonly string[], { id, url }: Places, columns: readonly string[]) {
  const title = TITLES.map((name) => columns.findIndex((column) => plainName(column) === name)).find(
    (at) => at >= 0 && cells[at],
  )
  const text = (at: number | undefined) => copyOf((cells[at ?? -1] ?? '').slice(0, MOST_TEXT))
  return { id: text(id), url: text(url), title: text(title) }
}

/** A part of a text would keep all of the piece of the file that it was read in. */
function copyOf(text: string): string {
  return Buffer.from(text).toString()
}
