import { escapeHtml, htmlPage, pageOf } from './html.ts'
import { money } from './linked.ts'
import type { ListContents, Listing } from './listings.ts'
import { HOSTS, type PortalList } from './lists.ts'
import { listPage, NOWHERE, type Portal } from './portal.ts'

const PAGE_SIZE = 30

/**
 * Trovit (source: sites.md, Tro): cards alone, redirects for links, similar listings between the others, and further pages
 * where the first one says.
 */
export const tro: Portal = {
  page_size: PAGE_SIZE,
  robots: 'User-agent: *\nDisallow: /index.php/\n',
  find(url, lists) {
    const isSearch = url.pathname === '/search'
    const path = isSearch ? `/${url.searchParams.get('what')}` : url.pathname
    const contents = lists.find(({ list }) => list.url === `${url.origin}${path}`)
    const page = isSearch ? Number(url.searchParams.get('page') ?? 1) : 1
    return contents ? listPage(contents.list, 300, () => resultPage(contents, page)) : NOWHERE
  },
}

function resultPage({ list, listings, related }: ListContents, page: number): string {
  const shown = pageOf(listings, page, PAGE_SIZE)
  const heading = `${list.product} en ${list.operation} en ${list.city}`
  const cards = shown.map((each) => card(list, each, page))
  cards.splice(2, 0, card(list, related, page).replace('data-id', 'data-is-similar="true" data-id'))
  const link = `/search?what=${new URL(list.url).pathname.slice(1)}&amp;page=${page + 1}`
  const body = `<h1>${escapeHtml(heading)}</h1>${cards.join('\n')}<a href="${link}">Siguiente</a>`
  return htmlPage(`${list.size.toLocaleString('en-US')} ${heading} - Trovit`, body)
}

function card(list: PortalList, of: Listing, page: number): string {
  // These change from one search to the next.
  const moving = `trovit_type=${page}&search_terms=${page % 2 ? 'casa' : 'hogar'}`
  const detail = encodeURIComponent(`https://${HOSTS.Tro}/detail/${of.id}?${moving}`)
  const features = [`${of.built} m²`, `${of.rooms} recámaras`, `${of.baths} baños`]
  const icons = features.map((text) => `<li><p>${text}</p></li>`).join('')
  const place = escapeHtml(`${of.neighborhood}, ${of.municipality}`)
  return `<article class="snippet-listing" data-id="${of.id}">
  <a class="js-listing" title="${escapeHtml(of.title)}" href="https://${HOSTS.Tro}/rd?detailPageUrl=${detail}&amp;pos=1">ver</a>
  <span class="price__actual">${of.development ? '<span>desde</span>' : ''}${money(of.price, of.currency)}</span>
  <span class="address_property-type"><b>${list.product}</b> en ${place}</span>
  <div class="snippet-listing-content-header-icons"><ul>${icons}</ul></div>
  <div class="snippet-listing-content-header-description"><p>${escapeHtml(of.description)}</p></div>
  <span class="updated-date">hace ${of.age + 1} días</span>
  <span class="date-publisher-wrapper-agency">${escapeHtml(of.broker.name)}</span>
</article>`
}
