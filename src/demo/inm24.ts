import { escapeHtml, htmlPage, pageOf } from './html.ts'
import { money } from './linked.ts'
import type { ListContents, Listing } from './listings.ts'
import type { PortalList } from './lists.ts'
import { listingPage, listPage, NOWHERE, type Portal } from './portal.ts'

const PAGE_SIZE = 30

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

/** How an address names a list's page: `/casas-en-venta-en-zapopan-ordenado-por-precio-ascendente-pagina-2.html`. */
const LIST = /^(\/.+?)(-ordenado-por-precio-ascendente)?(?:-pagina-(\d+))?\.html$/
const DETAIL = /^\/propiedades\/clasificado\/.+-(\d+)\.html$/

export const inm24: Portal = {
  robots: ROBOTS,
  find(url, lists) {
    const id = DETAIL.exec(url.pathname)?.[1]
    if (id) return listingPage(lists, id, detailPage)
    const [, path, sorted, page] = LIST.exec(url.pathname) ?? []
    const contents = lists.find(({ list }) => list.url === `${url.origin}${path}.html`)
    if (!contents) return NOWHERE
    return listPage(contents.list, 300, () => resultPage(contents, Number(page ?? 1), sorted !== undefined))
  },
}

/** A page of a list; without a card when the list ended before it. */
function resultPage({ list, listings, related }: ListContents, page: number, sorted: boolean): string {
  const order = sorted ? listings.toSorted((one, other) => one.price - other.price) : listings
  const shown = pageOf(order, page, PAGE_SIZE)
  const title = `${list.size.toLocaleString('en-US')} ${list.product} en ${list.operation} en ${list.city} - Inmuebles24`
  const paging = [1, 2, 3, 4, 5].map((number) => `<a data-qa="PAGING_${number}">${number}</a>`).join('')
  const cards = shown.map((each) => card(list, each, each.development ? 'DEVELOPMENT' : 'PROPERTY'))
  const recommended = `<aside>${card(list, related, 'RECOMMENDATION')}</aside>`
  return htmlPage(title, `<h1>${escapeHtml(title)}</h1>${cards.join('\n')}${recommended}<nav>${paging}</nav>`)
}

function card(list: PortalList, of: Listing, kind: string): string {
  const features = featureTexts(of).map((text) => `<span>${text}</span>`)
  return `<div data-qa="posting ${kind}" data-id="${of.id}" data-to-posting="${address(list, of)}">
  <div data-qa="POSTING_CARD_PRICE">${of.development ? 'desde ' : ''}${money(of.price, of.currency)}</div>
  <h2>${escapeHtml(of.title)}</h2>
  <h2 data-qa="POSTING_CARD_LOCATION">${of.neighborhood}, ${of.municipality}</h2>
  <h3 data-qa="POSTING_CARD_FEATURES">${features.join('')}</h3>
  <h3 data-qa="POSTING_CARD_DESCRIPTION"><a href="${address(list, of)}">${escapeHtml(of.description)}</a></h3>
</div>`
}

/** The page of one listing. */
function detailPage(list: PortalList, of: Listing): string {
  const kind = list.product.replace(/s$/, '')
  const icon = (name: string, text: string) =>
    `<li class="icon-feature"><i class="icon-${name}"></i> ${text}</li>`
  const body = `
<h2 class="title-type-sup-property">${kind} · ${of.built}m² · ${of.rooms} recámaras · ${of.parking} estacionamientos</h2>
<div class="price-value"><span>${list.operation} ${money(of.price, of.currency)}</span></div>
<div class="price-expenses">${of.maintenance ? `${money(of.maintenance, 'MXN')} Mantenimiento` : ''}</div>
<div class="section-location-property"><h4>${of.neighborhood}, ${of.municipality}, Jalisco</h4></div>
<h1 class="title-property">${escapeHtml(of.title)}</h1>
<ul id="section-icon-features-property">
${icon('stotal', `${of.land} m² tot.`)}${icon('scubierta', `${of.built} m² cub.`)}
${icon('bano', `${of.baths} baños`)}${of.halfBaths ? icon('toilete', `${of.halfBaths} medio baño`) : ''}
${icon('dormitorio', `${of.rooms} rec.`)}${icon('cochera', `${of.parking} estac.`)}
${icon('antiguedad', of.age ? `${of.age} años` : 'A estrenar')}
</ul>
<div id="longDescription">${escapeHtml(of.description)}<br>Excelente ubicación.</div>
<div id="reactGeneralFeatures">${of.features.map((feature) => `<button>${feature}</button>`).join('')}</div>
<div id="reactPublisherCodes">Cód. del anunciante: ${of.code} Cód. Inmuebles24: ${of.id}</div>
<div id="user-views">Publicado hace ${of.age + 1} días</div>
<a href="tel:${of.broker.phone}">${of.broker.phone}</a> <a href="mailto:${of.broker.email}">Escribir</a>
<script>
const POSTING = {'postingId': '${of.id}', 'price': '${of.price}', 'currencyId': '${of.currency === 'USD' ? 1 : 10}',
  'operationTypeId': '${list.operation === 'venta' ? 1 : 2}', 'publisherName': '${of.broker.name}',
  'latitude': ${of.lat}, 'longitude': ${of.lon}}
dataLayer.push(POSTING)
</script>`
  return htmlPage(`${of.title} - Inmuebles24`, body)
}

function featureTexts(of: Listing): string[] {
  const rooms = of.development ? `${of.rooms} a ${of.rooms + 1}` : String(of.rooms)
  const given: [number, string][] = [
    [of.land, `${of.land.toLocaleString('en-US')} m² lote`],
    [of.built, `${of.built} m² constr.`],
    [of.rooms, `${rooms} rec.`],
    [of.baths, `${of.baths} baños`],
    [of.halfBaths, `${of.halfBaths} medio baño`],
    [of.parking, `${of.parking} estac.`],
  ]
  return given.filter(([amount]) => amount > 0).map(([, text]) => text)
}

function address(list: PortalList, { id, neighborhood }: Listing): string {
  const colony = neighborhood.toLowerCase().replaceAll(' ', '-')
  return `/propiedades/clasificado/alclcain-${list.product.toLowerCase()}-en-${list.operation}-en-${colony}-${id}.html`
}
