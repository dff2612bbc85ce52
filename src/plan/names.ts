import { nearest } from '../domain/nearest.ts'
import { fold } from './text.ts'

/** A name as a person wrote it in the code list, and its code. */
export interface Name {
  name: string
  code: string
}

/** After so many different unknown names no more suggestions are looked for: the list is broken as a whole. */
const MOST_SUGGESTIONS = 1000

/** All names of one kind, found however they are spelt. */
export class NameBook {
  readonly #byFold = new Map<string, Name>()
  readonly #codes = new Map<string, string>()
  readonly #names = new Map<string, string>()
  #suggestions = 0

  /** A later name of the same spelling replaces an earlier one. */
  add(name: string, code: string): void {
    this.#byFold.set(fold(name), { name, code })
    this.#codes.set(fold(code), code)
    if (!this.#names.has(code)) this.#names.set(code, name)
  }

  /** Of the names of a code the one that was added first. */
  nameOf(code: string): string | undefined {
    return this.#names.get(code)
  }

  /** All names of a code, the first that was added first, and those of all other codes. */
  split(code: string): { own: string[]; others: string[] } {
    const all = [...this.#byFold.values()]
    const first = this.#names.get(code)
    const own = all.filter((each) => each.code === code && each.name !== first).map(({ name }) => name)
    const others = all.filter((each) => each.code !== code).map(({ name }) => name)
    return { own: first === undefined ? own : [first, ...own], others }
  }

  /** The code of a name, or of a code itself; a name goes before a code of the same spelling. */
  find(text: string): string | undefined {
    const folded = fold(text)
    return this.#byFold.get(folded)?.code ?? this.#codes.get(folded)
  }

  /** The name that an unknown text was most likely meant to be. */
  suggest(text: string): Name | undefined {
    if (this.#suggestions >= MOST_SUGGESTIONS) return undefined
    this.#suggestions++
    const near = nearest(fold(text), this.#byFold.keys())
    return near === undefined ? undefined : this.#byFold.get(near)
  }
}
