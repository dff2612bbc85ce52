import { counted, counter } from './kit/counter.ts'
import { firstText, load, texts, type Select } from './kit/css.ts'
import { isEmptyList, numberIn } from './kit/empty.ts'
import { given, rowOf, type Fields } from './kit/fields.ts'
import { byParameter } from './kit/forms.ts'
import { at, parseJson } from './kit/json.ts'
import { BUILT_AREA, firstItems, keyInAddress, LINKED } from './kit/linked.ts'
import { scrapeList } from './kit/list.ts'
import { area, bathrooms, before, degrees, shownCount, splitBathrooms } from './kit/measure.ts'
import { price } from './kit/money.ts'
import { link, type Page } from './kit/page.ts'
import { placeOfColony } from './kit/place.ts'
import type { Found, Row } from './kit/site.ts'
import { identifier, prose } from './kit/text.ts'
import { title } from './kit/title.ts'
import { dayOfUuid } from './kit/uuid.ts'

/** The cards of all generations of the portal's style sheets. */
const CARDS = '.v3-property-card, .snippet, [data-test="normal-listing"], [data-test="serp-project"]'
const LINKS = 'a[href*="/detalle/"], a[href*="/desarrollo/"]'
const PAGE_SIZE = 30
/** What is beside the list, by the box it is in or by the heading over it: about 15 listings from elsewhere. */
const RELATED = ['related', 'similar', 'recommend']
  .flatMap((word) => ['class', 'id', 'data-test'].map((name) => `[${name}*="${word}" i]`))
  .join(', ')
const RELATED_HEADING = /similares|relacionad|recomendad|tambi[eé]n te|te pued/i
const LISTING: Fields = { ...LINKED, ...BUILT_AREA, nombre: [title, 'name'] }

/**
 * Lamudi: 30 listings a page as JSON-LD, of which only the first list is the one asked for; feeds `lam_det`. Prices,
 * coordinates and developments stand on the cards alone (source: sites.md, Lam).
 */
await scrapeList({
  earlier: { metros_cuadrados: 'construccion' },
  forms: [byParameter('page')],
  page_size: PAGE_SIZE,
  full_from: 20,
  strategies: [
    { name: 'json_ld', read: linkedData },
    { name: 'cards', read: fromCards },
  ],
  browser: false,
})

/** What the list's address says of every listing in it: `/jalisco/zapopan/casa/for-sale/`. */
function ofTheList({ url }: Page) {
  const [, tipo, operation] = /\/([^/]+)\/for-(sale|rent)\/?$/.exec(url.pathname) ?? []
  return { tipo, operacion: operation && (operation === 'sale' ? 'venta' : 'renta') }
}

/** The listings of the JSON-LD, each with what its card says beside; developments have a card alone. */
function linkedData(page: Page): Found | undefined {
  const items = firstItems(page.source)
  if (!items?.length) return undefined
  const $ = load(page.html)
  const linked = new Map(
    items.map((item) => rowOf(LISTING, item, page)).map((row) => [row.id ?? row.url, row]),
  )
  const rows = cardRows($, page).flatMap((card) => {
    const row = linked.get(card.id)
    if (!row) return isDevelopment(card) ? [card] : []
    linked.delete(card.id)
    return [together(row, card)]
  })
  const without = [...linked.values()].map((row) => ({ ...row, ...ofTheList(page) }))
  return { rows: [...rows, ...without], ...ending($) }
}

function isDevelopment({ url }: Row): boolean {
  return typeof url === 'string' && url.includes('/desarrollo/')
}

/** One listing by both its sources. Text and place are whole on the card, and a price is taken from one of the two. */
function together(linked: Row, card: Row): Row {
  const asked = linked.precio === undefined ? card : linked
  const place = placeOfColony(card.ubicacion, linked.municipio)
  return {
    ...card,
    ...given(linked),
    precio: asked.precio,
    moneda: asked.moneda,
    desde: asked.desde,
    descripcion: card.descripcion ?? linked.descripcion,
    colonia: place.colonia ?? linked.colonia,
  }
}

function fromCards(page: Page): Found | undefined {
  const $ = load(page.html)
  const rows = cardRows($, page)
  if (rows.length > 0) return { rows, ...ending($) }
  const number = numberIn(page.url, 'page')
  const frame = {
    number,
    total: total($),
    size: PAGE_SIZE,
    listings: `:is(${LINKS}):not(:is(${CARDS}, ${RELATED}) *)`,
  }
  return isEmptyList($, frame) ? { rows, total: number === 1 ? 0 : frame.total } : undefined
}

/** The portal has had two ways to tell the end: a count, and a mark at the link to the next page. */
function ending($: ReturnType<typeof load>) {
  return { total: total($), last: $('a#pagination-next').attr('data-islast') === 'true' }
}

function total($: ReturnType<typeof load>): number | undefined {
  const shown = counted($('[data-test="title-section-result-number"]').eq(0).text())
  return shown ?? counter($('h1').eq(0).text()) ?? counter($('title').eq(0).text())
}

function cardRows($: ReturnType<typeof load>, page: Page): Row[] {
  return cardsOfTheList($).map((element) => {
    const card = $(element)
    const address = card.find(LINKS).attr('href') ?? card.attr('href')
    const placed = parseJson(card.attr('data-serp-map-hover-listing') ?? '')
    return {
      ...ofTheList(page),
      ...fromCard((selector) => card.find(selector)),
      id: keyInAddress(address) ?? identifier(card.attr('data-alternateid')),
      url: link(address, page),
      descripcion: prose(
        card.find('[data-itemdescription]').attr('content') ??
          firstText((selector) => card.find(selector), '[data-itemdescription]', '[class*="description"]'),
      ),
      latitud: degrees(at(placed, 'latitude')),
      longitud: degrees(at(placed, 'longitude')),
      fecha_publicacion: dayOfUuid(card.attr('data-idanuncio'), page.fetched),
    }
  })
}

function cardsOfTheList($: ReturnType<typeof load>) {
  const inOrder = $(`${CARDS}, h2, h3`).toArray()
  const isHeading = (element: (typeof inOrder)[number]) => $(element).closest(CARDS).length === 0
  const end = inOrder.findIndex((each) => isHeading(each) && RELATED_HEADING.test($(each).text()))
  return (
    inOrder
      .slice(0, end === -1 ? undefined : end)
      .filter((each) => $(each).is(CARDS) && $(each).closest(RELATED).length === 0)
      // A card may be marked as one by several of its boxes.
      .filter((each) => $(each).parent().closest(CARDS).length === 0)
  )
}

function fromCard($: Select): Row {
  const value = (name: string) => firstText($, `[data-test="${name}-value"]`)
  const features = firstText($, '[class*="properties"]', '[class*="features"]') ?? ''
  const chips = texts($, '[data-test$="amenity-value"]').join(' · ')
  const { full, half } = bathrooms(features)
  const baths = splitBathrooms(shownCount(value('full-bathrooms')))
  const ubicacion = firstText($, '[data-test$="content-location"]', '[class*="location"]')
  return {
    ...price(firstText($, '[data-test$="price"]', '[class*="price"]')),
    ...placeOfColony(ubicacion),
    nombre: title(firstText($, '[class*="title"]', 'h2', 'h3'), ubicacion),
    ubicacion,
    habitaciones: shownCount(value('bedrooms')) ?? before('rec|hab|dorm', features),
    baños: baths.full ?? full,
    medios_baños: shownCount(value('half-bathrooms')) ?? baths.half ?? half,
    estacionamientos: before('estac|coch', chips || features) || undefined,
    construccion: area('', value('area') ?? features),
    superficie: area('', value('plot-area') ?? ''),
  }
}
