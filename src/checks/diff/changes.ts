import type { Comparison, DiffKind, ListingPage } from '../../domain/diff.ts'

type Changed = Comparison['changed'][number]

/** Gathers the one page of changes that was asked for, and makes no others. */
export class Changes {
  readonly page: Changed[] = []
  readonly #asked: ListingPage | undefined
  #passed = 0

  constructor(asked: ListingPage | undefined) {
    this.#asked = asked
  }

  add(kind: DiffKind, make: () => Omit<Changed, 'kind'>): void {
    if (!this.#asked || kind !== this.#asked.kind) return
    const { offset, limit } = this.#asked
    if (this.#passed++ >= offset && this.page.length < limit) this.page.push({ kind, ...make() })
  }
}
