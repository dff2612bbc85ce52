import { load as parse, type CheerioAPI } from 'cheerio/slim'
import { text } from './text.ts'

/** A page to select from. A line break parts words, in its text too. */
export function load(html: string): CheerioAPI {
  return parse(html.replace(/<br\s*\/?>/gi, '\n'))
}

/** Selects within a page (`$`) or within a part of it (`(selector) => card.find(selector)`). */
export type Select = (selector: string) => { length: number; eq(index: number): { text(): string } }

/** The text of the first of several selectors that finds one. */
export function firstText(select: Select, ...selectors: string[]): string | undefined {
  for (const selector of selectors) {
    const found = text(select(selector).eq(0).text())
    if (found) return found
  }
  return undefined
}

/** The texts of all that a selector finds, in the page's order. */
export function texts(select: Select, selector: string): string[] {
  const found = select(selector)
  return Array.from({ length: found.length }, (_, index) => text(found.eq(index).text()) ?? '').filter(
    Boolean,
  )
}
