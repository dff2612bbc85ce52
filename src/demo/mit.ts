import { escapeHtml, htmlPage, jsonLdScript, pageOf } from './html.ts'
import { linkedListing } from './linked.ts'
import type { ListContents, Listing } from './listings.ts'
import { HOSTS } from './lists.ts'
import { listPage, NOWHERE, type Portal } from './portal.ts'

const PAGE_SIZE = 25

/** Mitula (source: sites.md, Mit): links in base64, and answers 404 past its last page. */
export const mit: Portal = {
  page_size: PAGE_SIZE,
  robots: 'User-agent: *\nDisallow: /adform/\n',
  find(url, lists) {
    const contents = lists.find(({ list }) => list.url === url.origin + url.pathname)
    if (!contents) return NOWHERE
    const page = Number(url.searchParams.get('page') ?? 1)
    const shown = pageOf(contents.listings, page, PAGE_SIZE)
    // The one listing would be the last of the page before.
    if (page > 1 && shown.length <= 1) return NOWHERE
    return listPage(contents.list, 300, () => resultPage(contents, shown))
  },
}

function resultPage({ list, listings, related }: ListContents, shown: readonly Listing[]): string {
  const heading = `${listings.length.toLocaleString('en-US')} ${list.product} en ${list.operation} en ${list.city}`
  const about = shown.map((each) =>
    linkedListing(each, address(each), {
      numberOfBedrooms: 99,
      geo: { latitude: each.lat, longitude: each.lon },
    }),
  )
  const data = jsonLdScript({ '@type': 'SearchResultsPage', about })
  const cards = shown.map((each) => card(each, 'listing-card')).join('\n')
  const beside = `<aside>${card(related, 'recommended-card')}</aside>`
  return htmlPage(heading, `<h1>${escapeHtml(heading)}</h1>${data}${cards}${beside}`)
}

function card(of: Listing, kind: string): string {
  const place = escapeHtml(`${of.neighborhood}, ${of.municipality}`)
  return `<article class="${kind}" data-listingid="${of.id}" data-price="${of.price}" data-currency="${of.currency}"
  data-location="${place}" data-floorarea="${of.built}" data-rooms="${of.rooms}"
  data-clickdestination="${Buffer.from(address(of)).toString('base64')}">
  <h2 data-test="snippet__title">${escapeHtml(of.title)}</h2>
  <ul class="facilities">${of.features.map((feature) => `<li>${feature}</li>`).join('')}</ul>
  <div data-test="snippet__published-date-and-agency">hace ${of.age + 1} días - ${escapeHtml(of.broker.name)}</div>
</article>`
}

function address({ id }: Listing): string {
  return `https://${HOSTS.Mit}/anuncio/${id}`
}
