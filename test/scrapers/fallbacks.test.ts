import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { attempt, rowsOf } from './attempt.ts'
import { HOST, serve } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'zafra-fallbacks-'))

/** What `scraper` reads from `page`, found at `path` of a site, and how. */
async function harvest(scraper: string, path: string, page: string) {
  const { env, asked } = await serve((request, response) => {
    if (request.path !== '/robots.txt') response.end(page)
  })
  const output = join(folder, `${scraper}${path.replaceAll('/', '_')}.csv`)
  const list = `${output}.list`
  writeFileSync(list, `listing_url\nhttps://${HOST}${path}\n`)
  const url = `https://${HOST}${path}`
  const given = { ...env, SCRAPER_OUTPUT_FILE: output, SCRAPER_INPUT_URL: url, SCRAPER_URL_LIST_FILE: list }
  const result = await attempt(scraper, given)
  const strategies = result.messages.flatMap(({ name }) =>
    String(name).startsWith('strategy_') ? [name] : [],
  )
  return { rows: rowsOf(output), strategies, asked: asked.map((each) => each.path), result }
}

const ld = (value: object) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`

const state = (pageProps: object) =>
  `<script id="__NEXT_DATA__">${JSON.stringify({ props: { pageProps } })}</script>`
const ONE_LISTING = {
  cyt: state({ initialState: { propertyData: { properties: [{ id: 7 }], estimatedTotalHits: 1 } } }),
  inm24: '<div data-qa="posting PROPERTY" data-id="7"></div>',
  lam: '<div class="snippet"><a href="/detalle/7">Casa</a></div>',
  mit: '<article class="listing-card" data-listingid="7"></article>',
  prop: state({ results: { properties: [{ id: 7 }], totalItems: 1 } }),
  tro: '<article class="snippet-listing" data-id="7"></article>',
}

/** By what a page is read where its first source is gone, and what is then known of its listings. */
const FALLBACKS = {
  'Inm24: the state that sister portals embed': {
    scraper: 'inm24',
    path: '/casas-en-venta-en-zapopan.html',
    page: `<script>window.__PRELOADED_STATE__ = ${JSON.stringify({
      listStore: {
        listPostings: [
          {
            postingId: '61420779108',
            url: '/propiedades/clasificado/casa-61420779108.html',
            title: 'Casa',
            priceOperationTypes: [{ prices: [{ amount: 15_900_000, currency: 'MN' }] }],
            mainFeatures: { CFT100: { value: '250' }, CFT101: { value: '180' }, CFT2: { value: '3' } },
            postingLocation: { postingGeolocation: { geolocation: { latitude: 20.7, longitude: -103.4 } } },
          },
        ],
      },
    })};</script>`,
    strategies: ['strategy_preloaded_state'],
    rows: [
      {
        id: '61420779108',
        precio: '15900000',
        moneda: 'MXN',
        superficie: '250',
        construccion: '180',
        habitaciones: '3',
        latitud: '20.7',
        tipo: 'casas',
        operacion: 'venta',
      },
    ],
  },
  'Lam: cards of either generation but no related ones': {
    scraper: 'lam',
    path: '/jalisco/zapopan/casa/for-rent/',
    page: `<h1>2 Casas en venta</h1>
      <div class="v3-property-card"><a href="/detalle/41032-73-abc">x</a><h3>Casa</h3>
        <p class="v3-price">desde MN 2,300,000</p><p class="v3-features">3 rec. 2.5 baños 120 m²</p></div>
      <section class="similar-listings"><div class="snippet"><a href="/detalle/8">x</a></div></section>
      <div class="snippet"><a href="/detalle/7">x</a><h3>Similares a un loft</h3><p class="snippet__price">a consultar</p></div>
      <h2>Propiedades similares</h2><div class="snippet"><a href="/detalle/9">x</a></div>`,
    strategies: ['strategy_cards'],
    rows: [
      {
        id: '41032-73-abc',
        url: `https://${HOST}/detalle/41032-73-abc`,
        precio: '2300000',
        desde: 'sí',
        habitaciones: '3',
        baños: '2',
        medios_baños: '1',
        construccion: '120',
        operacion: 'renta',
        tipo: 'casa',
      },
      { id: '7', precio: '', moneda: '' },
    ],
  },
  'Lam detail: what the page shows': {
    scraper: 'lam_det',
    path: '/detalle/9',
    page: `<meta name="ICBM" content="20.6, -103.4"><h1>Casa</h1><script>const mapData = { adLocationData: { lat: 20.7, lng: -103.5 } }</script><div class="price">MN 1,000,000</div>
      <div data-test="bedrooms-value">3</div><div data-test="half-bathrooms-value">1</div>
      <div data-test="floor-area-value">140 m²</div><div class="date">hace 3 días</div>
      <ul id="building-facilities"><li>Elevador</li><li>Gimnasio</li></ul>`,
    strategies: ['strategy_dom'],
    rows: [
      {
        id: '9',
        precio: '1000000',
        habitaciones: '3',
        medios_baños: '1',
        construccion: '140',
        superficie_construida: '140',
        latitud: '20.7',
        longitud: '-103.5',
        facilidades_edificio: 'Elevador; Gimnasio',
      },
    ],
  },
  'Prop: JSON-LD': {
    scraper: 'prop',
    path: '/zapopan/casas-renta',
    page: `<title>1 Casas en Renta</title>${ld({
      '@type': 'WebPage',
      mainEntity: {
        '@type': 'ItemList',
        itemListElement: [
          {
            item: {
              '@type': 'RealEstateListing',
              url: '/inmuebles/casa-77',
              name: 'Casa',
              datePosted: '2026-02-01',
              offers: {
                price: 9500,
                priceCurrency: 'MXN',
                businessFunction: 'Sell',
                itemOffered: {
                  numberOfRooms: 3,
                  numberOfBathroomsTotal: 1.5,
                  floorSize: { value: 2, unitText: 'ha' },
                  address: { streetAddress: 'Chapalita', addressLocality: 'Zapopan' },
                },
              },
            },
          },
        ],
      },
    })}`,
    strategies: ['strategy_json_ld'],
    rows: [
      {
        id: '77',
        precio: '9500',
        operacion: 'renta',
        tipo: 'casas',
        habitaciones: '3',
        baños: '1',
        medios_baños: '1',
        construccion: '20000',
        ubicacion: 'Chapalita, Zapopan',
        fecha_publicacion: '2026-02-01',
      },
    ],
  },
  'Mit: not the values beside the cards when they are not as many': {
    scraper: 'mit',
    path: '/casas/renta-casa-zapopan',
    page:
      ld({ '@type': 'SearchResultsPage', about: [{ geo: { latitude: 20, longitude: -103 } }] }) +
      '<article class="listing-card" data-listingid="1"></article>' +
      '<article class="listing-card" data-listingid="2"></article>',
    strategies: ['strategy_cards'],
    rows: [
      { id: '1', latitud: '' },
      { id: '2', latitud: '' },
    ],
  },
}

test.for(Object.entries(FALLBACKS))('%s', async ([, { scraper, path, page, strategies, rows }]) => {
  const read = await harvest(scraper, path, page)
  expect(read.strategies).toEqual(strategies)
  expect(read.rows).toMatchObject(rows)
})

test('Lam: the mark at the link to the next page ends a list that looks full', async () => {
  const items = Array.from({ length: 30 }, (_, id) => ({ item: { name: 'Casa', url: `/detalle/${id}` } }))
  const data = ld({
    '@type': 'SearchResultsPage',
    mainEntity: [{ '@type': 'ItemList', itemListElement: items }],
  })
  const next = '<a id="pagination-next" data-islast="true"></a>'
  const { asked, result } = await harvest('lam', '/jalisco/tonala-1/casa/for-sale/', data + next)
  expect(asked).toHaveLength(2)
  expect(result.last('result')).toMatchObject({ rows: 30, complete: true })
})

test.for([
  [
    'tro',
    '/index.php/cod.search_homes/what_d.casas/page.1',
    '/index.php/cod.search_homes/what_d.casas/page.2',
  ],
  ['tro', '/venta-casas-zapopan', '/venta-casas-zapopan/2'],
  ['mit', '/find?geoId=mun&page=1', '/find?geoId=mun&page=2'],
  ['mit', '/casas/venta-casa-zapopan', '/casas/venta-casa-zapopan?page=2'],
] as const)('%s: after %s comes %s', async ([scraper, first, second]) => {
  const card = (id: number) =>
    scraper === 'tro'
      ? `<article class="snippet-listing" data-id="${id}"><a class="js-listing" title="Casa"></a></article>`
      : `<article class="listing-card" data-listingid="${id}"></article>`
  const page = Array.from({ length: 30 }, (_, id) => card(id + 1)).join('')
  const { asked, rows, result } = await harvest(scraper, first, page)
  expect(asked).toEqual(['/robots.txt', first, second])
  expect(rows).toHaveLength(30)
  expect(result.last('result')).toMatchObject({ complete: true })
})

/** What the user's lists ask for, one of each form, and what its rows then say of kind and operation. */
test.for([
  ['cyt', '/jalisco/zapopan/chapalita/casas/venta', 'casas', 'venta'],
  ['cyt', '/desarrollos/jalisco/zapopan', 'desarrollos', ''],
  [
    'inm24',
    '/desarrollo-horizontal-vertical-en-renta-en-tonala.html',
    'desarrollo-horizontal-vertical',
    'renta',
  ],
  ['lam', '/jalisco/tonala-1/comercial/venta-al-por-menor/for-rent/', 'venta-al-por-menor', 'renta'],
  ['mit', '/casas/venta-casas-en-condominio-el-salto', 'casas-en-condominio', 'venta'],
  ['mit', '/casas/renta-doctor-office-tonala', 'doctor-office', 'renta'],
  ['prop', '/tonala-jalisco/naves-industriales-renta', 'naves-industriales', 'renta'],
  ['tro', '/renta-locales-zapopan', 'locales', 'renta'],
  ['tro', '/venta-san-pedro-tlaquepaque', '', 'venta'],
] as const)('%s at %s: kind "%s", operation "%s"', async ([scraper, path, tipo, operacion]) => {
  const { rows } = await harvest(scraper, path, ONE_LISTING[scraper])
  expect(rows).toMatchObject([{ id: '7', tipo, operacion }])
})

test.for(['cyt', 'inm24', 'lam', 'mit', 'prop', 'tro'])(
  '%s: an unknown page is a changed layout',
  async (scraper) => {
    const { result } = await harvest(scraper, '/lista/casas/venta', '<!doctype html><main id="app"></main>')
    expect(result).toMatchObject({ status: 76, stderr: '' })
  },
)

test.for(['inm24', 'mit', 'tro'])('%s: whoever meets its wall hears of the browser', async (scraper) => {
  const { env } = await serve(({ path }, response) => {
    if (path !== '/robots.txt') response.writeHead(403).end()
  })
  const url = `https://${HOST}/lista`
  const wall = { ...env, SCRAPER_OUTPUT_FILE: join(folder, `${scraper}-wall.csv`), SCRAPER_INPUT_URL: url }
  const { last } = await attempt(scraper, wall)
  expect(last('log')).toMatchObject({ message: expect.stringContaining('browser: true') })
})
