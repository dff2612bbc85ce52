import { Failure } from './failure.ts'
import type { Page } from './page.ts'
import type { Report } from './report.ts'
import type { Strategy } from './site.ts'
import { isWall } from './walls.ts'

/** What the first strategy that knows the page's shape reads from it; undefined when none does. */
export function readPage<T>(page: Page, strategies: readonly Strategy<T>[], report: Report): T | undefined {
  // State that the server did not send may be one that a script wrote.
  const ways = page.source === page.html ? [page] : [page, { ...page, source: page.html }]
  for (const way of ways) {
    for (const { name, read } of strategies) {
      const found = read(way)
      if (found === undefined) continue
      report.count(`strategy_${name}`)
      report.page(page.url, name)
      return found
    }
  }
  report.page(page.url, null)
  return undefined
}

/** Why a page that should hold listings could not be read. */
export function unreadable(page: Page): Failure {
  const { url } = page
  if (isWall(page.html) || (page.source !== page.html && isWall(page.source))) {
    return new Failure('blocked', `${url.host} asks for a proof of being human: ${url.href}`, { url })
  }
  return new Failure(
    'layout_changed',
    `the layout changed, no known way to read ${url.href} finds anything`,
    { url },
  )
}
