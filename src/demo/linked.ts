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
    address: { streetAddress: wholeAddress(of), addressLocality: of.municipality },
    ...about,
  }
}

/** As portals write an address in full. */
export function wholeAddress({ id, neighborhood, municipality }: Listing): string {
  return `Calle ${Number(id) % 90} S, ${neighborhood}, ${municipality}, Jalisco, 45116, MEX`
}

export function itemList(items: readonly object[]): object {
  return {
    '@type': 'ItemList',
    itemListElement: items.map((item, index) => ({ '@type': 'ListItem', position: index + 1, item })),
  }
}

/** A price as the portals print it. */
export function money(amount: number, currency: Listing['currency']): string {
  return `${currency === 'USD' ? 'USD' : 'MN'} ${amount.toLocaleString('en-US')}`
}
