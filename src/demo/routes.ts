import { cyt } from './cyt.ts'
import { inm24 } from './inm24.ts'
import { lam } from './lam.ts'
import type { ListContents } from './listings.ts'
import { HOSTS, type Site } from './lists.ts'
import { mit } from './mit.ts'
import { NOWHERE, type Place, type Portal } from './portal.ts'
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

/** What stands at `url`. @param contents every list of every portal */
export function find(url: URL, contents: readonly ListContents[]): Place {
  const site = (Object.keys(PORTALS) as Site[]).find((each) => HOSTS[each] === url.host)
  if (!site) return NOWHERE
  const portal = PORTALS[site]
  if (url.pathname === '/robots.txt') {
    return { status: 200, type: 'text/plain', body: () => portal.robots, latency_ms: 20 }
  }
  return portal.find(
    url,
    contents.filter(({ list }) => list.site === site),
  )
}
