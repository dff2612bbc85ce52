import type { Changed, ChangedPage, DiffKind } from '../../domain/diff.ts'

/** Gathers the one page of changes that was asked for, and makes no others but to choose among them. */
export class Changes {
  readonly page: Changed[] = []
  readonly #asked: ChangedPage | undefined
  #chosen = 0

  constructor(asked: ChangedPage | undefined) {
    this.#asked = asked
  }

  /** How many changes of the kind were chosen. */
  get chosen(): number {
    return this.#chosen
  }

  add(kind: DiffKind, make: () => Omit<Changed, 'kind'>): void {
    if (!this.#asked || kind !== this.#asked.kind) return
    const { offset, limit, chooses } = this.#asked
    const change = chooses && { kind, ...make() }
    if (change && !chooses.test(change)) return
    if (this.#chosen++ >= offset && this.page.length < limit) this.page.push(change ?? { kind, ...make() })
  }
}
