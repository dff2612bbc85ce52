import { escapeHtml, htmlPage, scriptJson } from './html.ts'
import { kindOf, location, mainFeatures, offers } from './inm24-posting.ts'
import { money } from './linked.ts'
import type { Listing } from './listings.ts'
import type { PortalList } from './lists.ts'

/** The page of one listing as the server sends it: scripts have yet to fill in the description and the codes. */
export function detailPage(list: PortalList, of: Listing): string {
  const kind = list.product.replace(/s$/, '')
  const price = of.price > 0 ? money(of.price, of.currency) : 'Consultar precio'
  const from = of.development ? 'desde ' : ''
  const body = `<script>let postingId = ""; let postingType = ""; let publisherName="";
 postingId = "${of.id}"; const mainFeatures = ${scriptJson(mainFeatures(of))}
 const publisher = ${scriptJson({ publisherId: '17027878', name: of.broker.name, phone: of.broker.phone })}
 const texts = { publisherName: 'Estás viendo el aviso de' }</script>
<h2 class="title-type-sup-property">${kind} · ${of.built}m² · ${of.rooms} recámaras · ${of.parking} estacionamientos</h2>
<h1 class="title-property">${escapeHtml(of.title)}</h1>
<div class="price-value"><span>${list.operation}</span> <span>${from}${price}</span></div>
<div class="price-expenses">${of.maintenance ? `${money(of.maintenance, 'MXN')} Mantenimiento` : ''}</div>
<div class="section-location-property"><h4>${of.street}, ${of.neighborhood}, ${of.municipality}, Jalisco</h4></div>
<ul id="section-icon-features-property">${icons(of)}</ul>
<div id="longDescription"></div><div id="reactGeneralFeatures"></div><div id="reactPublisherCodes"></div><div id="user-views"></div>
<script>const mapLatOf =  "${base64(of.lat)}"; const mapLngOf =  "${base64(of.lon)}";
 const avisoInfo = ${notice(list, of, price)};
 const dataLayerInfo = { 'price': '${of.price}', 'currencyId': '${of.currency === 'USD' ? 1 : 10}', 'operationTypeId': '${list.operation === 'venta' ? 1 : 2}' }</script>`
  return htmlPage(`${of.title} - Inmuebles24`, body)
}

/** An object of JavaScript, not of JSON. */
function notice(list: PortalList, of: Listing, price: string): string {
  const features = of.features.map((label, place) => [String(place), { label, value: null }])
  const date = of.updated.split('-').toReversed().join('/')
  return `{ 'idAviso': '${of.id}', 'postingCode': ${scriptJson(of.code)}, 'postingType': '${kindOf(of)}', 'pricesData': ${scriptJson(offers(list, of))},
  'price': '${price}', 'location': ${scriptJson(location(of))}, 'description': ${scriptJson(of.description)},
  'generalFeatures': ${scriptJson({ Generales: Object.fromEntries(features) })}, 'address': ${scriptJson({ name: of.street, visibility: 'EXACT' })},
  'mapLat': mapLatOf, 'mapLng': mapLngOf, 'publicationDateFormatted': '${date}', 'whatsApp': '${of.broker.phone}',
  'publisher': { 'publisherId': '17027878', 'name': ${scriptJson(of.broker.name)}, 'mail': '${of.broker.email}' } }`
}

function icons(of: Listing): string {
  const given: [string, number, string][] = [
    ['stotal', of.land, `${of.land} m² tot.`],
    ['scubierta', of.built, `${of.built} m² cub.`],
    ['bano', of.baths, `${of.baths} baños`],
    ['toilete', of.halfBaths, `${of.halfBaths} medio baño`],
    ['dormitorio', of.rooms, `${of.rooms} rec.`],
    ['cochera', of.parking, `${of.parking} estac.`],
    ['antiguedad', 1, of.age ? `${of.age} años` : 'A estrenar'],
  ]
  return given
    .filter(([, count]) => count > 0)
    .map(([name, , text]) => `<li class="icon-feature"><i class="icon-${name}"></i> ${text}</li>`)
    .join('')
}

function base64(degrees: number): string {
  return Buffer.from(String(degrees)).toString('base64')
}
