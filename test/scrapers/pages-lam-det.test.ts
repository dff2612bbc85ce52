import { expect, test } from 'vitest'
import { jsonLd, readPages } from './real-pages.ts'

const HOST = 'https://www.lamudi.com.mx'

const row = (label: string, value: string) =>
  `<div class="features-component__row"><span class="features-component__label">${label}</span><span class="features-component__value">${value}</span></div>`
const SHOWN = `<meta name="ICBM" content="20.5888, -103.5"><div class="main-title"><h1>Casa en Venta en La Veleta</h1></div>
  <div class="prices-and-fees__price">$ 6,500,000 MXN</div>
  <div class="details-item-value" data-test="bedrooms-value">3</div><div data-test="full-bathrooms-value">2</div>
  <div data-test="half-bathrooms-value">1</div><div data-test="area-value">121 m²</div>
  <span data-test="parking-spaces-value">2</span><span data-test="construction-year-value">2019</span>
  <span data-test="plot-area-value">150 m²</span><span data-test="property-type-value">Casa</span>
  <span data-test="operation-type-value">Venta</span><span data-test="condition-value">Nuevo</span>
  <div id="description-text">Con jardín</div><div class="date">17 ene 2025 - Publicado por Inmobiliaria Norte</div>
  <div class="facilities"><div class="facilities__title">Características de la propiedad</div>
    <ul class="facilities__options"><li><span>Jardín</span></li><li><span>Terraza</span></li></ul></div>
  <div class="facilities"><div class="facilities__title">Facilidades del edificio</div>
    <ul class="facilities__options"><li><span>Elevador</span></li></ul></div>
  <div class="location-map__location-address">Calle 8 S, La Veleta, Zapopan, Jalisco</div>
  <script>const mapData = {"adLocationData":{"latitude":20.71,"longitude":-103.41}};</script>
  <section><h2>Similares</h2><div class="snippet"><i data-test="floor-value">9</i><i data-test="floor-area-value">999 m²</i></div></section>`

const EXPECTED = {
  nombre: 'Casa en Venta en La Veleta',
  descripcion: 'Con jardín',
  precio: '6500000',
  moneda: 'MXN',
  desde: '',
  tipo: 'Casa',
  tipo_vivienda: 'Casa',
  operacion: 'venta',
  tipo_operacion: 'venta',
  habitaciones: '3',
  baños: '2',
  medios_baños: '1',
  estacionamientos: '2',
  superficie: '150',
  construccion: '121',
  metros_cuadrados: '121',
  superficie_construida: '121',
  ubicacion: 'Calle 8 S, La Veleta, Zapopan, Jalisco',
  colonia: 'La Veleta',
  municipio: 'Zapopan',
  latitud: '20.71',
  longitud: '-103.41',
  fecha_publicacion: '2025-01-17',
  año_construccion: '2019',
  estado: 'Nuevo',
  planta: '',
  anunciante: 'Inmobiliaria Norte',
  facilidades_propiedad: 'Jardín; Terraza',
  facilidades_edificio: 'Elevador',
}

test('a listing by what the page shows, and none of what it recommends', async () => {
  const path = '/detalle/41032-73-aaaa0001-44cd-19c2717-a8fa-7231'
  const { rows, result } = await readPages('lam_det', HOST + path, { [path]: SHOWN })
  expect(rows).toMatchObject([
    { id: '41032-73-aaaa0001-44cd-19c2717-a8fa-7231', url: HOST + path, ...EXPECTED },
  ])
  expect(result.metric('strategy_dom')).toBe(1)
})

test('a listing by its JSON-LD, behind what that says of the portal', async () => {
  const path = '/detalle/41032-73-b'
  const listing = {
    '@type': 'RealEstateListing',
    name: 'Casa con alberca',
    numberOfBedrooms: 4,
    address: {
      streetAddress: 'Calle 8 S, La Veleta, Tulum, Quintana Roo, 77760, MEX',
      addressLocality: 'Tulum',
    },
  }
  const page = jsonLd({ '@graph': [{ '@type': 'Organization', name: 'Lamudi' }, listing] }) + SHOWN
  const { rows } = await readPages('lam_det', HOST + path, { [path]: page })
  const place = { ubicacion: listing.address.streetAddress, colonia: 'La Veleta', municipio: 'Tulum' }
  expect(rows).toMatchObject([{ ...EXPECTED, ...place, nombre: 'Casa con alberca', habitaciones: '4' }])
})

test('a development', async () => {
  const key = '41032-73-ecc04001fe91-a75e-d3228cc0-8324-4714'
  const path = `/desarrollo/${key}`
  const page = `<h1>Torre 112</h1><div class="prices-and-fees__price"><span>Desde</span>$ 6,499,999 MXN</div>
    <i data-test="bedrooms-value">2 - 3</i><i data-test="area-value">80 - 120 m²</i>`
  const { rows, result } = await readPages('lam_det', HOST + path, { [path]: page })
  expect(rows).toMatchObject([
    {
      id: key,
      nombre: 'Torre 112',
      precio: '6499999',
      desde: 'sí',
      habitaciones: '2-3',
      construccion: '80-120',
      latitud: '',
    },
  ])
  expect(result.metric('vanished')).toBeUndefined()
})

test.for([
  ['rows with labels', row],
  [
    'rows of cells',
    (label: string, value: string) =>
      `<ul class="features-component__row"><li>${label}</li><li>${value}</li></ul>`,
  ],
] as const)('features in %s', async ([, feature]) => {
  const path = '/detalle/41032-73-c'
  const page = `<h1>Casa</h1>${feature('Área construida', '180 m²')}${feature('Superficie de terreno', '250 m²')}
    ${feature('Recámaras', '4')}${feature('Baños', '2.5')}${feature('Estacionamientos', '2')}
    ${feature('Año de construcción', '2015')}${feature('Condición', 'Usado')}${feature('Planta', 'Baja')}`
  const { rows } = await readPages('lam_det', HOST + path, { [path]: page })
  expect(rows).toMatchObject([
    {
      construccion: '180',
      superficie: '250',
      habitaciones: '4',
      baños: '2',
      medios_baños: '1',
      estacionamientos: '2',
      año_construccion: '2015',
      estado: 'Usado',
      planta: 'Baja',
      precio: '',
    },
  ])
})

test.for([
  [
    'the wall',
    '<title>Security verification</title><h1>Security verification</h1><p id="math-question">12 + 7</p>',
    77,
  ],
  ['a page of nothing known', '<h1>Lamudi</h1><main id="app"></main>', 76],
] as const)('%s is no listing', async ([, page, status]) => {
  const { result } = await readPages('lam_det', `${HOST}/detalle/41032-73-d`, { '/detalle/41032-73-d': page })
  expect(result.status).toBe(status)
})
