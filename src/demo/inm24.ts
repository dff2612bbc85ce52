import { detailPage } from './inm24-detail.ts'
import { PAGE_SIZE, resultPage } from './inm24-list.ts'
import { search } from './inm24-search.ts'
import { HTML, listingPage, listPage, NOWHERE, type Portal } from './portal.ts'

/** Pages 1 to 5 of a list, and the whole list sorted by price (source: sites.md, Inm24). */
const ROBOTS = `User-agent: *
Disallow: /*-pagina-
Allow: /*-pagina-2.html
Allow: /*-pagina-3.html
Allow: /*-pagina-4.html
Allow: /*-pagina-5.html
Allow: /*-ordenado-por-precio-ascendente-pagina-
Disallow: /*?utm_source
Disallow: /rplis-api/

Sitemap: https://www.inmuebles24.com/sitemap_index.xml
`

const DETAIL = /^\/propiedades\/(?:clasificado|desarrollo)\/.+-(\d+)\.html$/
/** Whatever robots.txt allows: nobody gets beyond, sorted or not. */
const LAST_PAGE = 4

export const inm24: Portal = {
  page_size: PAGE_SIZE,
  robots: ROBOTS,
  find(url, lists) {
    const id = DETAIL.exec(url.pathname)?.[1]
    if (id) return listingPage(lists, id, detailPage)
    const found = search(url, lists)
    if (!found) return NOWHERE
    const { list } = found.contents
    const wall = '<title>Just a moment...</title><p>Verifica que eres humano</p>'
    if (found.page > LAST_PAGE) return { status: 403, type: HTML, body: () => wall, latency_ms: 20, list }
    return listPage(list, 300, () => resultPage(found.contents, found.page))
  },
}
