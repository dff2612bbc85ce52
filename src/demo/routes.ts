import { cyt } from './cyt.ts'
import { inm24 } from './inm24.ts'
import { lam } from './lam.ts'
import type { ListContents, Listing } from './listings.ts'
import { HOSTS, type Site } from './lists.ts'
import { mit } from './mit.ts'
import { NOWHERE, type Place, type Portal } from './portal.ts'
import { inOrder } from './shuffle.ts'
import { prop } from './prop.ts'
import { tro } from './tro.ts'

const PORTALS: Readonly<Record<Site, Portal>> = {
  CyT: cyt,
  Inm24: inm24,
  Lam: lam,
  Mit: mit,
  Prop: prop,
  Tro: tro,
}

/**
 * What stands at `url`.
 * @param contents every list of every portal
 * @param order in which a portal of such pages shows a list
 */
export function find(
  url: URL,
  contents: readonly ListContents[],
  order: (contents: ListContents, pageSize: number) => Listing[],
): Place {
  const site = (Object.keys(PORTALS) as Site[]).find((each) => HOSTS[each] === url.host)
  if (!site) return NOWHERE
  const portal = PORTALS[site]
  if (url.pathname === '/robots.txt') {
    return { status: 200, type: 'text/plain', body: () => portal.robots, latency_ms: 20 }
  }
  const own = contents.filter(({ list }) => list.site === site)
  return portal.find(
    url,
    own.map((each) => inOrder(each, () => order(each, portal.page_size))),
  )
}
