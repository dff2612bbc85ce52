import { load as parse, type CheerioAPI } from 'cheerio/slim'
import { text } from './text.ts'
import { Seam } from './words.ts'

type Parent = ReturnType<CheerioAPI['root']>[number]
type Child = Parent['children'][number]

/** How the DOM numbers kinds of nodes. */
const ELEMENT = 1
const TEXT = 3

/** What a browser shows no text of. */
const UNSEEN: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript'])

/**
 * A page to select from, by what it shows: words that tags part are parted in the texts too (`words.ts` has the rule),
 * so that every `.text()` has them so, and scripts and styles have no text: what they hold is read from the source.
 */
export function load(html: string): CheerioAPI {
  const $ = parse(html)
  const seam = new Seam()
  let before = ''
  for (const node of inOrder($.root().toArray()[0], seam)) {
    if (seam.parts(before, node.data)) node.data = ` ${node.data}`
    before = node.data
  }
  return $
}

/** The texts of a tree; `seam` is told the tags before each. Not by recursion: hostile pages nest as deep as they like. */
function* inOrder(root: Parent | undefined, seam: Seam): Iterable<Extract<Child, { data: string }>> {
  let here: Child | Parent | null = root?.children[0] ?? null
  while (here) {
    if (here.nodeType === TEXT && here.data) yield here
    if (here.nodeType === ELEMENT && 'children' in here) {
      if (UNSEEN.has(here.name)) here.children = []
      else seam.pass(here.name, false)
      const [first]: Child[] = here.children
      if (first) {
        here = first
        continue
      }
      if (!UNSEEN.has(here.name)) seam.pass(here.name, true)
    }
    here = after(here, seam)
  }
}

/** What follows a node and all that is in it; `seam` is told the tags that close. */
function after(node: Child | Parent, seam: Seam): Child | null {
  let here: Child | Parent | null = node
  while (here && !here.next) {
    here = here.parent
    if (here && 'name' in here) seam.pass(here.name, true)
  }
  return here?.next ?? null
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
