/** What a check needs to know a column for. */
const ROLES = [
  'id',
  'url',
  'title',
  'description',
  'price',
  'currency',
  'area',
  'built',
  'rooms',
  'baths',
  'parking',
  'latitude',
  'longitude',
  'location',
  'municipality',
  'operation',
  'type',
  'published',
  'updated',
] as const
export type Role = (typeof ROLES)[number]

/**
 * The names under which scrapers write each of them, the best first: the common schema's, then those of the files
 * of earlier scripts (source: sites.md, Columns that users' earlier scripts produced). Without accents, in small letters.
 */
const NAMES: Readonly<Record<Role, readonly string[]>> = {
  id: ['id', 'codigo', 'codigo_inmuebles24', 'listing_id'],
  url: ['url', 'listing_url', 'enlace', 'link'],
  title: ['nombre', 'titulo', 'title'],
  description: ['descripcion', 'description'],
  price: ['precio', 'price'],
  currency: ['moneda', 'currency'],
  area: ['superficie', 'area_m2', 'metros_cuadrados', 'area_total', 'superficie_construida', 'area'],
  built: ['construccion', 'superficie_construida', 'area_cubierta'],
  rooms: ['habitaciones', 'recamaras', 'bedrooms', 'rooms'],
  baths: ['banos', 'bathrooms', 'baths', 'banos_icon'],
  parking: ['estacionamientos', 'parking'],
  latitude: ['latitud', 'latitude', 'lat'],
  longitude: ['longitud', 'longitude', 'lng', 'lon'],
  location: ['ubicacion', 'direccion', 'location', 'address'],
  municipality: ['municipio', 'municipality', 'ciudad', 'city'],
  operation: ['operacion', 'tipo_operacion', 'operation'],
  type: ['tipo', 'tipo_propiedad', 'tipo_vivienda', 'type', 'property_type'],
  published: ['fecha_publicacion', 'published', 'date_published'],
  updated: ['actualizado', 'fecha_actualizacion', 'updated'],
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
