import { counter } from './kit/counter.ts'
import { firstText, load, type Select } from './kit/css.ts'
import { rowOf, type Fields } from './kit/fields.ts'
import { byParameter } from './kit/forms.ts'
import { BUILT_AREA, firstItems, keyInAddress, LINKED } from './kit/linked.ts'
import { scrapeList } from './kit/list.ts'
import { area, bathrooms, before } from './kit/measure.ts'
import { price } from './kit/money.ts'
import { link, type Page } from './kit/page.ts'
import type { Found, Row } from './kit/site.ts'
import { prose } from './kit/text.ts'

/** The cards of both generations of the portal's style sheets. */
const CARDS = '.v3-property-card, .snippet'
/** What is beside the list, by the box it is in or by the heading over it: about 15 listings from elsewhere. */
const RELATED = ['related', 'similar', 'recommend']
  .flatMap((word) => ['class', 'id', 'data-test'].map((name) => `[${name}*="${word}" i]`))
  .join(', ')
const RELATED_HEADING = /similares|relacionad|recomendad|tambi[eé]n te|te pued/i
const LISTING: Fields = { ...LINKED, ...BUILT_AREA }

/**
 * Lamudi: 30 listings a page as JSON-LD, of which only the first list is the one asked for; feeds `lam_det`
 * (source: sites.md, Lam).
 */
await scrapeList({
  earlier: { metros_cuadrados: 'construccion' },
  forms: [byParameter('page')],
  page_size: 30,
  full_from: 20,
  strategies: [
    { name: 'json_ld', read: linkedData },
    { name: 'cards', read: fromCards },
  ],
  challenge: /awswafcookiedomainlist|challenge\.js|verificando que no eres un robot/i,
  browser: false,
})

/** What the list's address says of every listing in it: `/jalisco/zapopan/casa/for-sale/`. */
function ofTheList({ url }: Page) {
  const [, tipo, operation] = /\/([^/]+)\/for-(sale|rent)\/?$/.exec(url.pathname) ?? []
  return { tipo, operacion: operation && (operation === 'sale' ? 'venta' : 'renta') }
}

/** The price is often not in the JSON-LD; the card that leads to the same listing has it. */
function linkedData(page: Page): Found | undefined {
  const items = firstItems(page.source)
  if (!items) return undefined
  const $ = load(page.html)
  const cards = new Map(cardRows($, page).map((row) => [row.id, row]))
  const rows = items.map((item) => {
    const row = rowOf(LISTING, item, page)
    const card = cards.get(row.id)
    const asked = row.precio === undefined && {
      precio: card?.precio,
      moneda: card?.moneda,
      desde: card?.desde,
    }
    return { ...row, ...ofTheList(page), ...asked }
  })
  return { rows, ...ending($) }
}

function fromCards(page: Page): Found | undefined {
  const $ = load(page.html)
  const rows = cardRows($, page)
  const end = ending($)
  return rows.length > 0 || end.total !== undefined ? { rows, ...end } : undefined
}

/** The portal has had two ways to tell the end: a count, and a mark at the link to the next page. */
function ending($: ReturnType<typeof load>) {
  return {
    total: counter($('h1').eq(0).text()),
    last: $('a#pagination-next').attr('data-islast') === 'true',
  }
}

function cardRows($: ReturnType<typeof load>, page: Page): Row[] {
  return cardsOfTheList($).map((element) => {
    const card = $(element)
    const address = card.find('a[href*="/detalle/"]').attr('href') ?? card.attr('href')
    return {
      ...fromCard((selector) => card.find(selector), page),
      id: keyInAddress(address),
      url: link(address, page),
    }
  })
}

function cardsOfTheList($: ReturnType<typeof load>) {
  const inOrder = $(`${CARDS}, h2, h3`).toArray()
  const isHeading = (element: (typeof inOrder)[number]) => $(element).closest(CARDS).length === 0
  const end = inOrder.findIndex((each) => isHeading(each) && RELATED_HEADING.test($(each).text()))
  return inOrder
    .slice(0, end === -1 ? undefined : end)
    .filter((each) => $(each).is(CARDS) && $(each).closest(RELATED).length === 0)
}

function fromCard($: Select, page: Page): Row {
  const features = firstText($, '[class*="properties"]', '[class*="features"]') ?? ''
  const { full, half } = bathrooms(features)
  return {
    ...ofTheList(page),
    ...price(firstText($, '[data-test$="price"]', '[class*="price"]')),
    nombre: prose(firstText($, '[class*="title"]', 'h2', 'h3')),
    ubicacion: firstText($, '[class*="location"]'),
    habitaciones: before('rec|hab|dorm', features),
    baños: full,
    medios_baños: half,
    construccion: area('', features),
  }
}
