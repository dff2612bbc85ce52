/**
 * The columns of every file, whatever the site (types and units: scrapers/README.md). Undefined means that the
 * source does not say.
 */
export const LISTING_COLUMNS = [
  'id',
  'url',
  'nombre',
  'descripcion',
  'tipo',
  'operacion',
  'precio',
  'moneda',
  'desde',
  'habitaciones',
  'baños',
  'medios_baños',
  'estacionamientos',
  'superficie',
  'construccion',
  'ubicacion',
  'colonia',
  'municipio',
  'latitud',
  'longitud',
  'fecha_publicacion',
  'actualizado',
] as const

export type ListingColumn = (typeof LISTING_COLUMNS)[number] | ContactColumn

/** Columns that a file has only where the operator wants contacts. */
export const CONTACT_COLUMNS = ['telefono', 'correo'] as const

type ContactColumn = (typeof CONTACT_COLUMNS)[number]
