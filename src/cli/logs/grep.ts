import { reason, ZafraError } from '../../domain/error.ts'
import { safe } from '../../domain/safe.ts'
import type { LogRow } from './rows.ts'

/** A line to show. */
export interface Found {
  row: LogRow
  /** As a terminal would show it: what the pattern was tried on. */
  text: string
  /** False: it stands beside one that matches. */
  match: boolean
  /** Lines are left out between this one and the one shown before it. */
  apart: boolean
}

/** @throws ZafraError `usage` for a pattern that is none */
export function linePattern(pattern: string, options: { fixed: boolean; ignoreCase: boolean }): RegExp {
  const source = options.fixed ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : pattern
  try {
    return new RegExp(source, options.ignoreCase ? 'i' : '')
  } catch (error) {
    throw new ZafraError(
      'usage',
      `the pattern is no regular expression: ${reason(error)}; -F takes it as it is`,
    )
  }
}

/** Finds lines in one log, with up to `context` lines before and after each; holds no more lines than that. */
export class LineSearch {
  readonly #pattern: RegExp
  readonly #context: number
  #before: { row: LogRow; text: string }[] = []
  #after = 0
  /** Lines passed over since the one shown last; null: none was shown. */
  #passed: number | null = null

  constructor(pattern: RegExp, context: number) {
    this.#pattern = pattern
    this.#context = context
  }

  /** What of `rows`, and of those held back before, is to be shown. */
  find(rows: readonly LogRow[]): Found[] {
    const found: Found[] = []
    for (const row of rows) {
      const text = safe(row.text)
      if (this.#pattern.test(text)) {
        found.push(...this.#held())
        found.push(this.#shown({ row, text }, true))
        this.#after = this.#context
      } else if (this.#after > 0) {
        this.#after -= 1
        found.push(this.#shown({ row, text }, false))
      } else this.#hold({ row, text })
    }
    return found
  }

  #held(): Found[] {
    return this.#before.splice(0).map((line) => this.#shown(line, false))
  }

  #shown(line: { row: LogRow; text: string }, match: boolean): Found {
    const apart = this.#passed !== null && this.#passed > 0
    this.#passed = 0
    return { ...line, match, apart }
  }

  #hold(line: { row: LogRow; text: string }): void {
    this.#before.push(line)
    if (this.#before.length <= this.#context) return
    this.#before.shift()
    if (this.#passed !== null) this.#passed += 1
  }
}
