import { counter } from './kit/counter.ts'
import { firstText, load, texts, type Select } from './kit/css.ts'
import { day } from './kit/dates.ts'
import { isEmptyList, numberIn } from './kit/empty.ts'
import { jsonLd, isOfType } from './kit/embedded.ts'
import { rowOf, type Fields } from './kit/fields.ts'
import { byParameter } from './kit/forms.ts'
import { at, list, type Json } from './kit/json.ts'
import { kindOf } from './kit/kinds.ts'
import { LINKED } from './kit/linked.ts'
import type { ListingColumn } from './kit/listing.ts'
import { scrapeList } from './kit/list.ts'
import { areaOf, span } from './kit/measure.ts'
import { asking, currency } from './kit/money.ts'
import { outwardLink, type Page } from './kit/page.ts'
import type { Found } from './kit/site.ts'
import { identifier, prose, text } from './kit/text.ts'
import { title } from './kit/title.ts'

const MORE = ['amenidades', 'agencia'] as const

/** Of the JSON-LD only what the cards do not say: it is the less exact of the two. */
const { latitud, longitud, baños, medios_baños, descripcion, municipio } = LINKED
const BESIDE = { latitud, longitud, baños, medios_baños, descripcion, municipio } as Fields

/**
 * Mitula, an aggregator: its cards carry their values as attributes, and the listing's address in base64
 * (source: sites.md, Mit). Pages past those it shows answer 404 or have no cards.
 */
await scrapeList({
  more: MORE,
  earlier: { metros_cuadrados: 'construccion' },
  forms: [byParameter('page')],
  page_size: 25,
  full_from: 15,
  strategies: [{ name: 'cards', read: fromCards }],
  browser: true,
})

function fromCards(page: Page): Found<ListingColumn | (typeof MORE)[number]> | undefined {
  const $ = load(page.html)
  const cards = $('article.listing-card[data-listingid]').toArray()
  const total = counter($('h1').eq(0).text()) ?? counter($('title').eq(0).text())
  if (cards.length === 0) return nothing($, page, total)
  const beside = about(page)
  // Aligned by place: of another length, nobody knows which is which.
  const aligned = beside.length === cards.length
  const rows = cards.map((element, index) => {
    const card = $(element)
    const data = (name: string) => card.attr(`data-${name}`)
    return {
      ...(aligned && rowOf(BESIDE, beside[index], page)),
      ...ofTheList(page),
      ...shown((selector) => card.find(selector), page),
      id: identifier(data('listingid')),
      url: outwardLink(
        decoded(
          data('clickdestination') ?? card.find('[data-clickdestination]').attr('data-clickdestination'),
        ),
        page,
      ),
      precio: asking(data('price')),
      moneda: currency(data('currency')),
      ubicacion: text(data('location')),
      construccion: areaOf(data('floorarea')),
      habitaciones: span(data('rooms')),
    }
  })
  return { rows, total }
}

/** Pages past those that the portal shows have its frame without cards, whatever it counts. */
function nothing($: ReturnType<typeof load>, { url }: Page, total: number | undefined): Found | undefined {
  const number = numberIn(url, 'page')
  const frame = { number, total, listings: '[data-listingid], [data-clickdestination]' }
  return isEmptyList($, frame) ? { rows: [], total: number === 1 ? 0 : total } : undefined
}

/** What only the card's text says. */
function shown($: Select, page: Page) {
  const published = firstText($, '[data-test="snippet__published-date-and-agency"]')
  const [when, ...agency] = published?.split(/\s[-–·]\s/) ?? []
  return {
    nombre: title(firstText($, '[data-test="snippet__title"]', 'h2', 'h3')),
    fecha_publicacion: day(when, page.fetched),
    agencia: prose(agency.join(' - ')),
    amenidades: prose(texts($, '[data-test^="facility"], [class*="facilities"] li').join('; ')),
  }
}

/** What the list's address says of every listing in it: `/casas/venta-departamento-zapopan`. */
function ofTheList({ url }: Page) {
  const [, operacion, rest] = /^\/casas\/(venta|renta)-([^/]+)/.exec(url.pathname) ?? []
  return { operacion, tipo: kindOf(rest) }
}

function about(page: Page): Json[] {
  const results = jsonLd(page.source).find((node) => isOfType(node, 'SearchResultsPage'))
  return list(at(results, 'about'))
}

function decoded(base64: string | undefined): string | undefined {
  return base64 && Buffer.from(base64, 'base64').toString('utf8')
}
