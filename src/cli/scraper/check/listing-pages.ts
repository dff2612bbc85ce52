/** Listings on a page of the check's list, and pages that it has. */
const PER_PAGE = 10
const PAGES = 5

export const LIST = '/casas/venta'

/** The path of a listing. */
export function listingPath(number: number): string {
  return `/anuncio/${number}`
}

/** The pages that `find` knows: a list that has its next page as `?page=N`, and its listings. */
export function find(path: string): string | undefined {
  const url = new URL(path, 'http://portal')
  const number = Number(/^\/anuncio\/(\d+)$/.exec(url.pathname)?.[1])
  if (number > 0 && number <= PER_PAGE * PAGES) return listingPage(number)
  if (url.pathname !== LIST) return undefined
  const page = Number(url.searchParams.get('page') ?? url.searchParams.get('pagina') ?? 1)
  return page >= 1 && page <= PAGES ? listPage(page) : undefined
}

/** A list that says that it holds nothing. */
export const EMPTY = html('0 casas en venta', '<h1>0 casas en venta</h1><p>No hay resultados</p>')

function listPage(page: number): string {
  const numbers = Array.from({ length: PER_PAGE }, (_, at) => (page - 1) * PER_PAGE + at + 1)
  const cards = numbers.map(card).join('\n')
  const next = page < PAGES ? `<a rel="next" href="${LIST}?page=${page + 1}">Siguiente</a>` : ''
  const title = `${PER_PAGE * PAGES} casas en venta`
  return html(title, `<h1>${title}</h1>\n${cards}\n${next}\n${linkedData(numbers)}`)
}

function listingPage(number: number): string {
  return html(`Casa ${number}`, `<h1>Casa ${number}</h1>\n${card(number)}\n${linkedData([number])}`)
}

function card(number: number): string {
  const { name, url, offers } = listing(number)
  return `<article class="listing" data-id="${number}"><a href="${url}"><h2>${name}</h2></a>
  <span class="price">MN ${offers.price.toLocaleString('en-US')}</span></article>`
}

function listing(number: number) {
  const offers = { '@type': 'Offer', price: 1_000_000 + number * 1000, priceCurrency: 'MXN' }
  return { '@type': 'RealEstateListing', name: `Casa ${number}`, url: listingPath(number), offers }
}

function linkedData(numbers: readonly number[]): string {
  const itemListElement = numbers.map((number, at) => ({
    '@type': 'ListItem',
    position: at + 1,
    item: listing(number),
  }))
  const data = { '@context': 'https://schema.org', '@type': 'ItemList', itemListElement }
  return `<script type="application/ld+json">${JSON.stringify(data)}</script>`
}

function html(title: string, body: string): string {
  return `<!doctype html><html lang="es"><meta charset="utf-8"><title>${title}</title><body>\n${body}\n</body></html>\n`
}
