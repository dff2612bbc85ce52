/** What a check needs to know a column for. */
export type Role = 'id' | 'url' | 'price' | 'currency' | 'area' | 'latitude' | 'longitude'

/**
 * The names under which scrapers write each of them, the best first: the common schema's, then those of the files
 * of earlier scripts (source: sites.md, Columns that users' earlier scripts produced). Without accents, in small letters.
 */
const NAMES: Readonly<Record<Role, readonly string[]>> = {
  id: ['id', 'codigo', 'codigo_inmuebles24', 'listing_id'],
  url: ['url', 'listing_url', 'enlace', 'link'],
  price: ['precio', 'price'],
  currency: ['moneda', 'currency'],
  area: ['superficie', 'area_m2', 'metros_cuadrados', 'area_total', 'superficie_construida', 'area'],
  latitude: ['latitud', 'latitude', 'lat'],
  longitude: ['longitud', 'longitude', 'lng', 'lon'],
}

export type Places = Readonly<Record<Role, number>>

/** Where each role stands among the columns; -1: not there. Of several names the best, wherever it stands. */
export function placesOf(columns: readonly string[]): Places {
  const plain = columns.map(plainName)
  const place = (names: readonly string[]) =>
    names.map((name) => plain.indexOf(name)).find((at) => at >= 0) ?? -1
  return Object.fromEntries(Object.entries(NAMES).map(([role, names]) => [role, place(names)])) as Record<
    Role,
    number
  >
}

export function plainName(column: string): string {
  return column.normalize('NFD').replaceAll(/\p{M}/gu, '').trim().toLowerCase()
}
