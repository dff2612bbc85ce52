import { escapeHtml } from './html.ts'
import { address } from './inm24-posting.ts'
import { money } from './linked.ts'
import type { Listing } from './listings.ts'
import type { PortalList } from './lists.ts'

type Kind = 'PROPERTY' | 'DEVELOPMENT' | 'RECOMMENDATION'

/** A card as of 2026: no title, and no blank before the price. */
export function card(list: PortalList, of: Listing, kind: Kind, following: string): string {
  const from = of.development
    ? `<span class="postingPrices-module__price-from">${list.product} desde</span>`
    : ''
  const maintenance = of.maintenance ? `${money(of.maintenance, 'MXN')} Mantenimiento` : ''
  const features = featureTexts(of).map(
    (text) => `<span class="postingMainFeatures-module__span">${text}</span>`,
  )
  const path = escapeHtml(address(list, of) + following)
  return `<div class="postingCardLayout-module__posting-card-layout" data-id="${of.id}" data-posting-type="${kind}" data-qa="posting ${kind}" data-to-posting="${path}">
<div class="postingPrices-module__posting-card-price-block"><div class="postingPrices-module__price-container"><h2 class="postingPrices-module__price" data-qa="POSTING_CARD_PRICE">${from}${priceOf(of)}</h2></div>
<h2 class="postingPrices-module__expenses" data-qa="expensas">${maintenance}</h2></div>
<h3 data-qa="POSTING_CARD_FEATURES">${features.join('')}</h3>
<div class="postingLocations-module__location-block"><h4 class="postingLocations-module__location-address">${of.street}</h4><h4 class="postingLocations-module__location-text" data-qa="POSTING_CARD_LOCATION">${of.neighborhood}, ${of.municipality}</h4></div>
<h2 class="postingCard-module__posting-description" data-qa="POSTING_CARD_DESCRIPTION"><a href="${path}">${escapeHtml(of.description)}</a></h2></div>`
}

/** A card as of 2024: what says that a price is the least stands beside it. */
export function card2024(list: PortalList, of: Listing, kind: Kind, following: string): string {
  const from = of.development ? `<div class="PriceFrom-sc-12dh9kl-5">${list.product} desde</div>` : ''
  const features = featureTexts(of).map((text) => `<span>${text}</span>`)
  const path = escapeHtml(address(list, of) + following)
  return `<div class="PostingCardLayout-sc-i1odl-0" data-id="${of.id}" data-posting-type="${kind}" data-qa="posting ${kind}" data-to-posting="${path}">
<div class="PostingCardPriceBlock-sc-12dh9kl-0">${from}<div class="PriceContainer-sc-12dh9kl-2"><div data-qa="POSTING_CARD_PRICE">${priceOf(of)}</div></div></div>
<div class="LocationAddress-sc-ge2uzh-0 postingAddress">${of.street}</div><h2 data-qa="POSTING_CARD_LOCATION">${of.neighborhood}, ${of.municipality}</h2>
<h3 data-qa="POSTING_CARD_FEATURES">${features.join('')}</h3>
<h3 data-qa="POSTING_CARD_DESCRIPTION"><a href="${path}">${escapeHtml(of.description)}</a></h3></div>`
}

function priceOf(of: Listing): string {
  return of.price > 0 ? money(of.price, of.currency) : 'Consultar precio'
}

function featureTexts(of: Listing): string[] {
  const rooms = of.development ? `${of.rooms} a ${of.rooms + 1}` : String(of.rooms)
  const given: [number, string][] = [
    [of.land, `${of.land.toLocaleString('en-US')} m² lote`],
    [of.built, `${of.built} m² constr.`],
    [of.rooms, `${rooms} rec.`],
    [of.baths, `${of.baths} baños`],
    [of.halfBaths, `${of.halfBaths} medio baño`],
    [of.parking, `${of.parking} estac.`],
  ]
  return given.filter(([amount]) => amount > 0).map(([, text]) => text)
}
