import type { Exchange } from './exchange.ts'
import { Failure } from './failure.ts'

/** Elements that HTML lets nobody leave open (`</p>`, `</li>`, `</body>` may be left out). */
const CLOSED = ['div', 'section', 'main', 'article', 'ul', 'table', 'span', 'a']
/**
 * Why an answer that should be a page is none, or not all of one; undefined when nothing speaks against it.
 * Not for robots.txt, which may be empty.
 */
export function incompleteness(url: URL, answer: Exchange): Failure | undefined {
  const body = answer.source ?? answer.body
  // Nobody needs more than a glance at a page's end to find that it has one.
  const text = body.toString('latin1')
  if (text.trim() === '')
    return new Failure('transient', `an empty page: ${url.href}`, { url, http: answer.status })
  if (!isCut(text, answer.unbounded === true)) return undefined
  return new Failure('transient', `the page is cut off: ${url.href}`, { url, http: answer.status })
}

/** @param unbounded whether the answer did not say where it ends, so that a connection lost looks like its end */
function isCut(html: string, unbounded: boolean): boolean {
  if (!/^\s*(?:ï»¿)?</.test(html) || /<\/(?:html|body)\s*>/i.test(html)) return false
  const lower = html.toLowerCase()
  if (endsInTag(lower)) return true
  if (['script', 'style'].some((name) => isLeftOpen(lower, `<${name}`, `</${name}`))) return true
  if (isLeftOpen(lower, '<!--', '-->')) return true
  return unbounded && hasOpenElement(lower)
}

function endsInTag(html: string): boolean {
  const last = html.lastIndexOf('<')
  return last > html.lastIndexOf('>') && /^<(?:[a-z/!]|$)/.test(html.slice(last, last + 2))
}

function isLeftOpen(html: string, opening: string, closing: string): boolean {
  return html.lastIndexOf(opening) > html.lastIndexOf(closing)
}

function hasOpenElement(html: string): boolean {
  const markup = html.replace(/<script[\s\S]*?<\/script>/g, '')
  return CLOSED.some((name) => count(markup, `<${name}[\\s>]`) > count(markup, `</${name}\\s*>`))
}

function count(html: string, pattern: string): number {
  return html.match(new RegExp(pattern, 'g'))?.length ?? 0
}
