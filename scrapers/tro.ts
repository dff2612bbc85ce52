import { counter } from './kit/counter.ts'
import { firstText, load, texts, type Select } from './kit/css.ts'
import { day } from './kit/dates.ts'
import { kindOf } from './kit/kinds.ts'
import type { ListingColumn } from './kit/listing.ts'
import { scrapeList } from './kit/list.ts'
import { area, bathrooms, before } from './kit/measure.ts'
import { price } from './kit/money.ts'
import { outwardLink, type Page } from './kit/page.ts'
import type { Found } from './kit/site.ts'
import { identifier, prose } from './kit/text.ts'

/**
 * Trovit, an aggregator: nothing embedded, so its cards are all there is. It fills a page with similar listings
 * of elsewhere, and links by way of a redirect that names the listing's address (source: sites.md, Tro).
 */
await scrapeList({
  more: ['agencia'],
  forms: [pageForm],
  page_size: 30,
  full_from: 20,
  strategies: [{ name: 'cards', read: fromCards }],
  challenge: /verifica que eres humano|px-captcha/i,
  browser: true,
})

/** `/venta-casas-zapopan/2`, or in addresses of the earlier form `…/page.2`. */
function pageForm(list: URL, page: number): URL {
  const url = new URL(list)
  if (/\/page\.\d+/.test(url.pathname)) url.pathname = url.pathname.replace(/\/page\.\d+/, `/page.${page}`)
  else if (page > 1) url.pathname = `${url.pathname.replace(/\/$/, '')}/${page}`
  return url
}

function fromCards(page: Page): Found<ListingColumn | 'agencia'> | undefined {
  const $ = load(page.html)
  const cards = $('article.snippet-listing[data-id]')
    .toArray()
    .map((element) => $(element))
  const total = counter($('h1').eq(0).text())
  if (cards.length === 0 && total === undefined) return undefined
  const rows = cards
    .filter((card) => card.attr('data-is-similar') !== 'true')
    .map((card) => {
      const anchor = card.find('a.js-listing')
      return {
        ...shown((selector) => card.find(selector), page),
        ...ofTheList(page),
        id: identifier(card.attr('data-id')),
        url: destination(anchor.attr('href'), page),
        nombre: prose(anchor.attr('title')),
      }
    })
  return { rows, total, shown: cards.length }
}

function shown($: Select, page: Page) {
  const features = texts($, '[class*="feature"]').join(' · ')
  const { full, half } = bathrooms(features)
  return {
    ...price(firstText($, '.price__actual')),
    descripcion: prose(firstText($, '.description')),
    ubicacion: firstText($, '.address_property-type'),
    habitaciones: before('rec|hab|dorm', features),
    baños: full,
    medios_baños: half,
    construccion: area('', features),
    fecha_publicacion: day(firstText($, '.updated-date'), page.fetched),
    agencia: prose(firstText($, '.date-publisher-wrapper-agency')),
  }
}

/** What the list's address says of every listing in it: `/venta-casas-zapopan`, or of any kind `/venta-zapopan`. */
function ofTheList({ url }: Page) {
  const [, operacion, rest] = /^\/(venta|renta)-([^/]+)/.exec(url.pathname) ?? []
  return { operacion, tipo: kindOf(rest) }
}

/** Where the redirect leads, without asking it: each such request would count as a visitor. */
function destination(href: string | undefined, page: Page): string | undefined {
  const redirect = URL.parse(href ?? '', page.url.href)
  return outwardLink(redirect?.searchParams.get('detailPageUrl') ?? href, page)
}
