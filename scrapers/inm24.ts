import about from './inm24.about.json' with { type: 'json' }
import { counter } from './kit/counter.ts'
import { firstText, load, texts, type Select } from './kit/css.ts'
import { assigned } from './kit/embedded.ts'
import { rowOf, type Fields } from './kit/fields.ts'
import { at, type Json } from './kit/json.ts'
import { scrapeList } from './kit/list.ts'
import { area, areaOf, bathrooms, before, degrees, span } from './kit/measure.ts'
import { price } from './kit/money.ts'
import { link, type Page } from './kit/page.ts'
import type { Found, Row } from './kit/site.ts'
import { identifier, prose, text } from './kit/text.ts'

const CARDS = '[data-qa="posting PROPERTY"], [data-qa="posting DEVELOPMENT"]'

/** A posting of the embedded state, as sister portals of the same house show it. */
const POSTING: Fields = {
  id: [identifier, 'postingId'],
  url: [link, 'url'],
  nombre: [prose, 'title'],
  descripcion: [prose, 'descriptionNormalized', 'description'],
  ubicacion: [text, 'postingLocation.address.name', 'postingLocation.location.name'],
  latitud: [degrees, 'postingLocation.postingGeolocation.geolocation.latitude'],
  longitud: [degrees, 'postingLocation.postingGeolocation.geolocation.longitude'],
  precio: [span, 'priceOperationTypes.0.prices.0.amount'],
  moneda: [(value) => price(`${text(value) ?? 'MN'} 1`).moneda, 'priceOperationTypes.0.prices.0.currency'],
  tipo: [(_, page) => ofTheList(page).tipo, ''],
  operacion: [(_, page) => ofTheList(page).operacion, ''],
  superficie: [areaOf, 'mainFeatures.CFT100.value'],
  construccion: [areaOf, 'mainFeatures.CFT101.value'],
  habitaciones: [span, 'mainFeatures.CFT2.value'],
  baños: [span, 'mainFeatures.CFT3.value'],
  medios_baños: [span, 'mainFeatures.CFT4.value'],
  estacionamientos: [span, 'mainFeatures.CFT7.value'],
}

/**
 * Inmuebles24: 30 cards a page, feeds `inm24_det`. Its robots.txt closes the unsorted list after page 5 and
 * opens the list sorted by price, so that is the one asked for; where robots.txt changes its mind, the run
 * stays with the pages it allows. It shows no more than about 1,000 listings of a list (source: sites.md, Inm24).
 */
await scrapeList({
  forms: [sortedPage, plainPage],
  page_size: about.page_size,
  full_from: 20,
  reachable: about.reachable,
  strategies: [
    { name: 'cards', read: fromCards },
    { name: 'preloaded_state', read: fromState },
  ],
  challenge: /cf-challenge|verifica que eres humano/i,
  browser: true,
})

/** How the portal sorts a search for words (`-q-remate`) is not known: no sorted form of it. */
function sortedPage(list: URL, page: number): URL | undefined {
  const { sorted, unsortable } = about.robots
  return list.pathname.includes(unsortable) ? undefined : withSuffix(list, `${sorted}${pageSuffix(page)}`)
}

function plainPage(list: URL, page: number): URL {
  return withSuffix(list, pageSuffix(page))
}

function pageSuffix(page: number): string {
  return page > 1 ? `-pagina-${page}` : ''
}

function withSuffix(list: URL, suffix: string): URL {
  const url = new URL(list)
  url.pathname = url.pathname.replace(/(\.html)?$/, `${suffix}.html`)
  return url
}

/** What the list's address says of every listing in it: `/casas-en-venta-en-zapopan.html`. */
function ofTheList(page: Page) {
  const [, tipo, operacion] = /^\/(.+?)-en-(venta|renta)-en-/.exec(page.url.pathname) ?? []
  return { tipo, operacion }
}

function fromCards(page: Page): Found | undefined {
  const $ = load(page.html)
  const rows = $(CARDS)
    .toArray()
    .map((element) => {
      const card = $(element)
      return fromCard(
        (selector) => card.find(selector),
        card.attr('data-id'),
        card.attr('data-to-posting'),
        page,
      )
    })
  const total = counter($('title').text()) ?? counter($('h1').text())
  // A page past the list's end still counts it.
  return rows.length > 0 || total !== undefined ? { rows, total } : undefined
}

function fromCard($: Select, id: unknown, address: unknown, page: Page): Row {
  const features = texts($, `${part('FEATURES')} span`).join(' · ') || (firstText($, part('FEATURES')) ?? '')
  const { full, half } = bathrooms(features)
  const description = firstText(
    $,
    `${part('DESCRIPTION')} a`,
    `${part('DESCRIPTION')} h3`,
    part('DESCRIPTION'),
  )
  return {
    ...price(firstText($, part('PRICE'))),
    ...ofTheList(page),
    id: identifier(id),
    url: link(address, page),
    nombre: prose(firstText($, 'h2', 'h3', part('LOCATION'))),
    descripcion: prose(description),
    ubicacion: firstText($, part('LOCATION')),
    superficie: area('lote|tot|terr', features),
    construccion: area('constr|cub', features),
    habitaciones: before('rec|dorm|hab', features),
    baños: full,
    medios_baños: half,
    estacionamientos: before('estac|coch', features),
  }
}

function part(name: string): string {
  return `[data-qa="POSTING_CARD_${name}"]`
}

function fromState(page: Page): Found | undefined {
  const store = at(assigned(page.source, '__PRELOADED_STATE__'), 'listStore')
  const postings: Json = at(store, 'listPostings')
  if (!Array.isArray(postings)) return undefined
  return { rows: postings.map((posting) => rowOf(POSTING, posting, page)) }
}
