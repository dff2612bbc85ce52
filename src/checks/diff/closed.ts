import type { GoneAnswer, Outputs } from '../../domain/diff.ts'
import { readCsv } from '../../csv/read.ts'
import { plainName, type Places } from '../listing/columns.ts'
import { hash } from '../listing/keys.ts'
import { addressKey, canonical } from '../listing/listing-key.ts'
import { CLOSED } from './sightings.ts'

/** Of one batch so many are read: what is gone is a small part of a list. */
const MOST = 100_000

/** What listings' own addresses answered to the details' scrapers of the batches that are compared. */
export class Closed {
  readonly #answers: (readonly [bit: number, Map<number, GoneAnswer>])[] = []

  async read({ from, between, to }: Outputs): Promise<void> {
    for (const [bit, sweep] of [
      [CLOSED.from, from],
      [CLOSED.between, between],
      [CLOSED.to, to],
    ] as const) {
      const answers = sweep?.gone ? await answersOf(sweep.gone, sweep.batch) : null
      if (answers) this.#answers.push([bit, answers])
    }
  }

  /** Bits of CLOSED. */
  bits(cells: readonly string[], { url }: Places): number {
    const key = this.#answers.length > 0 ? addressKey(cells, url) : undefined
    if (key === undefined) return 0
    const own = hash(key)
    return this.#answers.reduce((all, [bit, answers]) => (answers.has(own) ? all | bit : all), 0)
  }

  /** The last one; null: none said so. */
  answer(cells: readonly string[], { url }: Places): GoneAnswer | null {
    const key = hash(addressKey(cells, url) ?? '')
    return this.#answers.findLast(([, answers]) => answers.has(key))?.[1].get(key) ?? null
  }
}

/** Null: there is no such file, as where nothing was gone; what is no such line says nothing. */
async function answersOf(path: string, batch: string): Promise<Map<number, GoneAnswer> | null> {
  const answers = new Map<number, GoneAnswer>()
  let columns: string[] = []
  try {
    await readCsv(path, {
      onHeader: (header) => {
        columns = header.columns.map(plainName)
      },
      onRow(cells) {
        const cell = (name: string) => cells[columns.indexOf(name)] ?? ''
        const status = Number(cell('status'))
        if (cell('url') === '' || !(status >= 0 && status < 1000)) return
        answers.set(hash(canonical(cell('url'))), {
          status,
          at: Buffer.from(cell('at').slice(0, 19)).toString(),
          batch,
        })
        return answers.size < MOST
      },
    })
  } catch {
    return null
  }
  return answers
}
