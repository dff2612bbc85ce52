import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Exchange, Fetch } from './exchange.ts'
import { Failure } from './failure.ts'
import { GUARD_HEADERS, WALL_HEADERS } from './walls.ts'
import { at, isObject, list, parseJson } from './json.ts'

/** What one URL was answered, as `index.json` of a recording holds it. */
interface Recorded {
  url: string
  status: number
  headers: Record<string, string>
  /** Beside the index: the body as it was after unpacking. */
  file: string
  /** Beside the index: the document as the server sent it, where `file` is what scripts made of it. */
  source?: string | undefined
  /** When it was fetched, ISO 8601. */
  fetched: string
}

const INDEX = 'index.json'
/** What reading a page depends on; the others would only make the index long. */
const KEPT_HEADERS = ['content-type', 'location', 'retry-after', ...WALL_HEADERS, ...GUARD_HEADERS]

/** A `Fetch` that keeps every answer of `fetch` in `folder`: plain files, and an index of them. The last answer counts. */
export function recording(folder: string, fetch: Fetch): Fetch {
  const pages = new Map<string, Recorded>()
  mkdirSync(folder, { recursive: true })
  return async (url, options) => {
    const answer = await fetch(url, options)
    const file = pages.get(url.href)?.file ?? fileName(url, pages.size)
    const fetched = new Date().toISOString()
    const source = answer.source && file.replace(/\.html$/, '.source.html')
    const { status } = answer
    pages.set(url.href, { url: url.href, status, headers: keptHeaders(answer), file, source, fetched })
    writeFileSync(join(folder, file), answer.body)
    if (source && answer.source) writeFileSync(join(folder, source), answer.source)
    writeFileSync(join(folder, INDEX), `${JSON.stringify({ pages: [...pages.values()] }, null, 2)}\n`)
    return answer
  }
}

/**
 * A `Fetch` from what `recording` kept, without any network.
 * @throws Failure `input` where the folder holds no recording, or the page asked for is not in it
 */
export function replaying(folder: string): Fetch {
  const pages = new Map(readIndex(folder).map((page) => [page.url, page]))
  return async (url) => {
    const page = pages.get(url.href)
    if (!page)
      throw new Failure('input', `${url.href} is not in the recording ${folder}; record it again`, { url })
    // A person may edit the index: a name of a file, never a way to one elsewhere.
    const read = (file: string) => readFileSync(join(folder, basename(file)))
    const { status, headers, file, source } = page
    return {
      status,
      headers,
      body: read(file),
      source: source === undefined ? undefined : read(source),
      fetched: new Date(page.fetched),
    }
  }
}

function fileName(url: URL, place: number): string {
  const number = String(place).padStart(3, '0')
  return url.pathname === '/robots.txt' ? `${number}-robots.txt` : `${number}.html`
}

function keptHeaders({ headers }: Exchange): Record<string, string> {
  const kept = KEPT_HEADERS.map((name) => [name, headers[name]] as const)
  return Object.fromEntries(kept.filter((each): each is [string, string] => typeof each[1] === 'string'))
}

function readIndex(folder: string): Recorded[] {
  const path = join(folder, INDEX)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (cause) {
    throw new Failure('input', `${path} cannot be read; zafra scraper record makes it`, { cause })
  }
  const pages = list(at(parseJson(text), 'pages'))
  if (pages.length === 0 || !pages.every(isRecorded)) {
    throw new Failure('input', `${path} is no index of recorded pages; zafra scraper record makes it anew`)
  }
  return pages
}

function isRecorded(page: unknown): page is Recorded {
  if (!isObject(page)) return false
  const { url, status, headers, file, source, fetched } = page
  return (
    (source === undefined || typeof source === 'string') &&
    [url, file, fetched].every((text) => typeof text === 'string') &&
    Number.isInteger(status) &&
    isObject(headers)
  )
}
