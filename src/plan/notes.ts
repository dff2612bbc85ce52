import type { Problem } from '../domain/plan.ts'
import type { Entry, Group } from './draft.ts'
import type { Row } from './row.ts'
import { quote } from './text.ts'

const SAMPLES = 3
const NOT_ASCII = /[^\u0000-\u007f]/

/** What a whole list has to be told once, however many of its rows it concerns. */
export class Notes {
  readonly #file: string
  #repaired: { line: number; count: number } | undefined
  #otherSite: { row: Row; count: number } | undefined
  readonly #samples = new Set<string>()
  readonly #shared = new Map<string, { line: number; count: number; text: string }>()
  readonly #variants = new Map<Group, { line: number; first: number; last: number }>()

  constructor(file: string) {
    this.#file = file
  }

  cells(cells: readonly string[]): void {
    if (this.#samples.size >= SAMPLES) return
    const cell = cells.find((each) => NOT_ASCII.test(each))
    if (cell !== undefined) this.#samples.add(cell)
  }

  row(row: Row): void {
    if (row.repaired) {
      this.#repaired ??= { line: row.line, count: 0 }
      this.#repaired.count++
    }
    if (row.otherSite !== undefined) {
      this.#otherSite ??= { row, count: 0 }
      this.#otherSite.count++
    }
  }

  variant(group: Group, variant: number, line: number): void {
    const known = this.#variants.get(group)
    if (known === undefined) this.#variants.set(group, { line, first: variant, last: variant })
    else known.last = variant
  }

  /** The page of this row is planned for another combination as well. */
  shared(group: Group, { group: other, file, line: at }: NonNullable<Entry['also']>, line: number): void {
    const key = `${group.name}\n${other.name}`
    const known = this.#shared.get(key)
    if (known) known.count++
    else
      this.#shared.set(key, {
        line,
        count: 1,
        text: `${group.name} and of ${other.name} (${file} line ${at})`,
      })
  }

  /** @param legacy whether the list was read as windows-1252 */
  problems(legacy: boolean): Problem[] {
    const found = [
      this.#repairedProblem(),
      this.#otherSiteProblem(),
      ...this.#sharedProblems(),
      ...this.#variantProblems(),
    ]
    if (legacy) found.unshift(this.#legacyProblem())
    return found.filter((problem) => problem !== undefined)
  }

  #legacyProblem(): Problem {
    const samples = [...this.#samples].map(quote).join(', ')
    const remedy = 'look whether the accents are right; save the list as UTF-8 to be sure'
    return this.#warning(0, `not UTF-8, so it was read as windows-1252: ${samples}`, remedy)
  }

  #repairedProblem(): Problem | undefined {
    if (!this.#repaired) return undefined
    const { line, count } = this.#repaired
    const message = `${count} row(s) hold double-encoded text ("Ã¡" for "á"), the first here; read as meant`
    return this.#warning(
      line,
      message,
      'nothing has to be done; saving the list as UTF-8 once ends this warning',
    )
  }

  #otherSiteProblem(): Problem | undefined {
    if (!this.#otherSite) return undefined
    const { row, count } = this.#otherSite
    const message = `${count} row(s) name another site than their URL has, the first here: ${quote(row.otherSite ?? '')}, but the URL is of ${row.site?.code}; the URL counts`
    return this.#warning(row.line, message, 'correct the PaginaWeb column, or leave it empty')
  }

  #sharedProblems(): Problem[] {
    return [...this.#shared.values()].map(({ line, count, text }) => {
      const message = `${count} URL(s) are planned twice, the first here: the same page is of ${text}`
      return this.#warning(
        line,
        message,
        'correct the URL or the codes of one of the two lines, or delete it',
      )
    })
  }

  #variantProblems(): Problem[] {
    return [...this.#variants].map(([group, { line, first, last }]) => {
      const place = `${group.first.file} line ${group.first.line}`
      const message =
        first === last
          ? `a further URL of ${group.name} (first: ${place}), planned as variant ${first}`
          : `further URLs of ${group.name} (first: ${place}), planned as variants ${first} to ${last}`
      return this.#warning(
        line,
        message,
        'nothing if wanted so; else correct the operation or product, or delete the line',
      )
    })
  }

  #warning(line: number, message: string, remedy: string): Problem {
    return { file: this.#file, line, severity: 'warning', message, remedy }
  }
}
