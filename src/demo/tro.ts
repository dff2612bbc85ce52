import { escapeHtml, htmlPage, pageOf } from './html.ts'
import { money } from './linked.ts'
import type { ListContents, Listing } from './listings.ts'
import { HOSTS } from './lists.ts'
import { listPage, NOWHERE, type Portal } from './portal.ts'

const PAGE_SIZE = 30

/** Trovit (source: sites.md, Tro): cards alone, redirects for links, and similar listings between the others. */
export const tro: Portal = {
  robots: 'User-agent: *\nDisallow: /index.php/\n',
  find(url, lists) {
    const [, path, page] = /^(\/[^/]+)(?:\/(\d+))?$/.exec(url.pathname) ?? []
    const contents = lists.find(({ list }) => list.url === `${url.origin}${path}`)
    return contents ? listPage(contents.list, 300, () => resultPage(contents, Number(page ?? 1))) : NOWHERE
  },
}

function resultPage({ list, listings, related }: ListContents, page: number): string {
  const shown = pageOf(listings, page, PAGE_SIZE)
  const heading = `${list.size.toLocaleString('en-US')} ${list.product} en ${list.operation} en ${list.city}`
  const cards = shown.map((each) => card(each, false))
  cards.splice(2, 0, card(related, true))
  return htmlPage(heading, `<h1>${escapeHtml(heading)}</h1>${cards.join('\n')}`)
}

function card(of: Listing, similar: boolean): string {
  const detail = encodeURIComponent(`https://anunciante.example/inmueble/${of.id}?utm_source=trovit`)
  const features = [`${of.rooms} rec.`, `${of.baths} baños`, `${of.built} m²`]
  return `<article class="snippet-listing" data-id="${of.id}"${similar ? ' data-is-similar="true"' : ''}>
  <a class="js-listing" title="${escapeHtml(of.title)}" href="https://${HOSTS.Tro}/rd?detailPageUrl=${detail}&amp;pos=1">ver</a>
  <span class="price__actual">${of.development ? 'desde ' : ''}${money(of.price, of.currency)}</span>
  <span class="address_property-type">${escapeHtml(`${of.neighborhood}, ${of.municipality}`)}</span>
  ${features.map((text) => `<span class="feature">${text}</span>`).join('')}
  <p class="description">${escapeHtml(of.description)}</p>
  <span class="updated-date">hace ${of.age + 1} días</span>
  <span class="date-publisher-wrapper-agency">${escapeHtml(of.broker.name)}</span>
</article>`
}
