import type { Listing } from './listings.ts'

/** A listing as a schema.org node; `about` adds what only some portals say. */
export function linkedListing(of: Listing, url: string, about: object = {}): object {
  return {
    '@type': 'SingleFamilyResidence',
    name: of.title,
    url,
    ...(of.rooms > 0 && { numberOfBedrooms: of.rooms }),
    ...(of.baths > 0 && { numberOfBathroomsTotal: of.baths + of.halfBaths / 2 }),
    ...(of.built > 0 && { floorSize: { '@type': 'QuantitativeValue', value: of.built, unitCode: 'MTK' } }),
    geo: { latitude: of.lat, longitude: of.lon },
    address: { streetAddress: of.neighborhood, addressLocality: of.municipality },
    ...about,
  }
}

export function itemList(items: readonly object[]): object {
  return {
    '@type': 'ItemList',
    itemListElement: items.map((item, index) => ({ '@type': 'ListItem', position: index + 1, item })),
  }
}

export function offer(of: Listing): object {
  return { '@type': 'Offer', price: of.price, priceCurrency: of.currency }
}

/** A price as the portals print it. */
export function money(amount: number, currency: Listing['currency']): string {
  return `${currency === 'USD' ? 'USD' : 'MN'} ${amount.toLocaleString('en-US')}`
}
