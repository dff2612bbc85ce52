import { escapeHtml, htmlPage, jsonLdScript, pageOf } from './html.ts'
import { itemList, linkedListing, wholeAddress } from './linked.ts'
import type { ListContents, Listing } from './listings.ts'
import { HOSTS, type PortalList } from './lists.ts'
import { listingPage, listPage, NOWHERE, type Portal } from './portal.ts'

const PAGE_SIZE = 30
/** The charset is told nowhere, neither here nor in the page. */
const TYPE = 'text/html'
const NO_CHARSET = '<meta name="viewport" content="width=device-width">'

/** Lamudi (source: sites.md, Lam): its counter knows half of what is there, its developments stand on cards alone. */
export const lam: Portal = {
  page_size: PAGE_SIZE,
  robots: 'User-agent: *\nDisallow: /*search-filter\nDisallow: /*action=\nDisallow: /*version=\n',
  find(url, lists) {
    const id = /^\/(?:detalle|desarrollo)\/41032-73-(\d+)-/.exec(url.pathname)?.[1]
    if (id) return listingPage(lists, id, detailPage, TYPE)
    const contents = lists.find(({ list }) => list.url === url.origin + url.pathname)
    const page = Number(url.searchParams.get('page') ?? 1)
    return contents ? listPage(contents.list, 250, () => resultPage(contents, page), TYPE) : NOWHERE
  },
}

function resultPage({ list, listings, related }: ListContents, page: number): string {
  const shown = pageOf(listings, page, PAGE_SIZE)
  const heading = `${list.product} en ${list.operation} en ${list.city}`
  const count = Math.ceil(list.size / 2).toLocaleString('en-US')
  const single = shown.filter(({ development }) => !development)
  const found = itemList(single.map((each) => linkedListing(each, address(each))))
  const beside = itemList([linkedListing(related, address(related))])
  // Some of its pages send a list for an array, others an object with numbers for keys.
  const mainEntity = page % 2 === 1 ? [found, beside] : { 0: found, 1: beside }
  const data = jsonLdScript({ '@graph': [{ '@type': 'SearchResultsPage', mainEntity }] })
  const title = `<h1>${escapeHtml(heading)}</h1><span data-test="title-section-result-number">${count}</span>`
  const cards = shown.map((each) => card(each)).join('\n')
  const similar = `<section class="related-listings"><h2>Propiedades similares</h2>${card(related)}</section>`
  return htmlPage(`${heading} | Lamudi`, `${title}${data}${cards}${similar}`, NO_CHARSET)
}

function card(of: Listing): string {
  const place = `{"latitude":${of.lat},"longitude":${of.lon},"exactLocation":true}`
  const kind = of.development ? 'project" data-test="serp-project"' : 'normal" data-test="normal-listing"'
  // Nobody has placed a development.
  const placed = of.development ? '' : ` data-serp-map-hover-listing='${place}'`
  return `<div class="snippet js-snippet ${kind} data-idanuncio="${uuid(of)}" data-alternateid="${key(of)}"${placed}>
  <div class="snippet__content"><a href="${new URL(address(of)).pathname}">
  <span class="snippet__content__title">${escapeHtml(of.title)}</span>
  <div class="snippet__content__location"><span data-test="snippet-content-location">${escapeHtml(`${of.neighborhood}, ${of.municipality}, Jalisco`)}</span></div>
  <div data-itemdescription="true" content="${escapeHtml(of.description)}">${escapeHtml(of.description.slice(0, 40))}…</div>
  <div class="snippet__content__price">${asked(of)}</div>
  <div class="snippet__content__properties">${values(of)}${chip(of)}</div></a></div></div>`
}

function asked(of: Listing): string {
  return `${of.development ? '<span class="price-from">Desde</span>' : ''}${pesos(of)}`
}

function pesos({ price, currency }: Listing): string {
  return currency === 'USD'
    ? `USD ${price.toLocaleString('en-US')}`
    : `$ ${price.toLocaleString('en-US')} MXN`
}

function values(of: Listing): string {
  const given = [
    ['bedrooms', of.rooms, ''],
    ['full-bathrooms', of.baths, ''],
    ['half-bathrooms', of.halfBaths, ''],
    ['area', of.built, ' m²'],
  ] as const
  const elements = given.map(([name, value, unit]) =>
    value > 0 ? `<span data-test="${name}-value">${value}${unit}</span>` : '',
  )
  return elements.join('')
}

function chip({ parking }: Listing): string {
  return parking > 0 ? `<span data-test="amenity-value">${parking} Estacionamientos</span>` : ''
}

function detailPage(list: PortalList, of: Listing, { related }: ListContents): string {
  const mainEntity = [linkedListing(of, address(of)), linkedListing(related, address(related))]
  const data = of.development ? '' : jsonLdScript({ '@type': 'WebPage', mainEntity })
  const options = of.features.map((feature) => `<li><span>${feature}</span></li>`).join('')
  const location = `{"mapData":{"adLocationData":{"latitude":${of.lat},"longitude":${of.lon}}}}`
  const body = `<h1>${escapeHtml(of.title)}</h1>${data}
<div class="prices-and-fees__price">${asked(of)}</div>${values(of)}
<div data-test="property-type-value">${list.product.replace(/s$/, '')}</div>
<div data-test="operation-type-value">${list.operation}</div>
<div data-test="plot-area-value">${of.land} m²</div>
<div data-test="parking-spaces-value">${of.parking}</div>
<div data-test="construction-year-value">${2025 - of.age}</div>
<div id="description-text">${escapeHtml(of.description)}</div>
<div class="facilities"><div class="facilities__title">De la propiedad</div><ul class="facilities__options">${options}</ul></div>
<div class="location-map__location-address">${escapeHtml(wholeAddress(of))}</div><script>window.map = ${location}</script>
<div class="date">Publicado hace ${of.age + 1} días</div>
<div class="agency__name">${escapeHtml(of.broker.name)}</div><a href="tel:${of.broker.phone}">Llamar</a>${card(related)}`
  return htmlPage(of.title, body, NO_CHARSET)
}

function key({ id }: Listing): string {
  return `41032-73-${id}-44cd-19c2717-a8fa`
}

/** Of version 7, made on the day of the publication; a development's is of version 4 and tells no day. */
function uuid({ updated, development }: Listing): string {
  if (development) return 'd3228c77-a715-46cb-82db-ecc04001fe48'
  const time = Date.parse(`${publishedOn(updated)}T18:00:00Z`)
    .toString(16)
    .padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-71f0-a8b1-d186d3fad201`
}

/** The day a year before it was last changed. */
function publishedOn(updated: string): string {
  return `2025${updated.slice('2025'.length)}`
}

function address(of: Listing): string {
  return `https://${HOSTS.Lam}/${of.development ? 'desarrollo' : 'detalle'}/${key(of)}`
}
