import { counter } from './kit/counter.ts'
import { firstText, load, texts, type Select } from './kit/css.ts'
import { day } from './kit/dates.ts'
import { isEmptyList } from './kit/empty.ts'
import { kindOf } from './kit/kinds.ts'
import type { ListingColumn } from './kit/listing.ts'
import { scrapeList } from './kit/list.ts'
import { area, bathrooms, before } from './kit/measure.ts'
import { price } from './kit/money.ts'
import { outwardLink, type Page } from './kit/page.ts'
import { placeOfColony } from './kit/place.ts'
import type { Found } from './kit/site.ts'
import { identifier, prose, text } from './kit/text.ts'
import { title } from './kit/title.ts'

const PAGE_SIZE = 30

/**
 * Trovit, an aggregator: nothing embedded, so its cards are all there is. It fills a page with similar listings
 * of elsewhere, and links by way of a redirect that names the listing's address. Further pages are where a page links to, `/search?…&page=N`,
 * else where they have been in earlier forms (source: sites.md, Tro).
 */
await scrapeList({
  more: ['agencia'],
  forms: [pageForm],
  page_size: PAGE_SIZE,
  full_from: 20,
  strategies: [{ name: 'cards', read: fromCards }],
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
  const total = counter($('h1').eq(0).text()) ?? counter($('title').eq(0).text())
  const number = numberOf(page.url)
  const frame = { number, total, size: PAGE_SIZE, listings: 'a.js-listing' }
  if (cards.length === 0 && !isEmptyList($, frame)) return undefined
  const own = cards.filter((card) => card.attr('data-is-similar') !== 'true')
  const rows = own.map((card) => {
    const select: Select = (selector) => card.find(selector)
    const anchor = card.find('a.js-listing')
    const ubicacion = placeOf(card.find('.address_property-type'))
    return {
      ...shown(select, page),
      ...placeOfColony(ubicacion),
      ...ofTheList(page),
      id: identifier(card.attr('data-id')),
      url: destination(anchor.attr('href'), page),
      nombre: title(anchor.attr('title') ?? firstText(select, 'h2', 'h3', 'h4'), ubicacion),
      ubicacion,
    }
  })
  const isNothing = rows.length === 0 && number === 1
  return { rows, total: isNothing ? 0 : total, shown: cards.length, next: linkToPage($, number + 1, page) }
}

function shown($: Select, page: Page) {
  const icons = texts($, '.snippet-listing-content-header-icons li p')
  const features = (icons.length > 0 ? icons : texts($, '[class*="feature"]')).join(' · ')
  const { full, half } = bathrooms(features)
  return {
    ...price(firstText($, '.price__actual')),
    descripcion: prose(firstText($, '.snippet-listing-content-header-description > p', '.description')),
    habitaciones: before('rec|hab|dorm', features),
    baños: full,
    medios_baños: half,
    estacionamientos: before('estac|coch', features),
    construccion: area('', features),
    fecha_publicacion: day(firstText($, '.updated-date'), page.fetched),
    agencia: prose(firstText($, '.date-publisher-wrapper-agency')),
  }
}

/** A place, without the kind in bold before it: "<b>Casa</b> en Providencia, Guadalajara". */
function placeOf(element: ReturnType<ReturnType<typeof load>>): string | undefined {
  const kind = text(element.find('b').eq(0).text())
  const written = text(element.eq(0).text())
  if (!kind || !written?.startsWith(kind)) return written
  return text(written.slice(kind.length).replace(/^\s*(?:en\s)?/, ''))
}

/** The number of a page, by any of the forms of its address. */
function numberOf({ pathname, searchParams }: URL): number {
  const written = searchParams.get('page') ?? /\/(?:page\.)?(\d+)\/?$/.exec(pathname)?.[1] ?? 1
  return Number(written) || 1
}

/** Where the page itself links to that page of the list, on the same host. */
function linkToPage($: ReturnType<typeof load>, number: number, { url }: Page): URL | undefined {
  const links = $('a[href], link[rel="next"][href]').toArray()
  const addresses = links.map((each) => URL.parse($(each).attr('href') ?? '', url.href))
  return (
    addresses.find(
      (each) => each?.host === url.host && /^\/search\b/.test(each.pathname) && numberOf(each) === number,
    ) ?? undefined
  )
}

/** What the list's address says of every listing in it: `/venta-casas-zapopan`, or of any kind `/venta-zapopan`. */
function ofTheList({ url, list = url }: Page) {
  const [, operacion, rest] = /^\/(venta|renta)-([^/]+)/.exec(list.pathname) ?? []
  return { operacion, tipo: kindOf(rest) }
}

/** Where the redirect leads, without asking it: each such request would count as a visitor. */
function destination(href: string | undefined, page: Page): string | undefined {
  const redirect = URL.parse(href ?? '', page.url.href)
  return outwardLink(redirect?.searchParams.get('detailPageUrl') ?? href, page)
}
