export type Site = 'CyT' | 'Inm24' | 'Lam' | 'Mit' | 'Prop' | 'Tro'

/** One list of listings of one portal, as a row of `urls/*.csv` names it. */
export interface PortalList {
  site: Site
  /** As people write it in the list. */
  city: string
  /** Last part of an address. */
  town: string
  operation: 'venta' | 'renta'
  product: string
  url: string
  /** How many listings it holds. */
  size: number
}

export const SITE_NAMES: Readonly<Record<Site, string>> = {
  CyT: 'Casas y Terrenos',
  Inm24: 'Inmuebles24',
  Lam: 'Lamudi',
  Mit: 'Mitula',
  Prop: 'Propiedades',
  Tro: 'Trovit',
}
export const HOSTS: Readonly<Record<Site, string>> = {
  CyT: 'www.casasyterrenos.com',
  Inm24: 'www.inmuebles24.com',
  Lam: 'www.lamudi.com.mx',
  Mit: 'casas.mitula.mx',
  Prop: 'propiedades.com',
  Tro: 'casas.trovit.com.mx',
}

const TOWNS = {
  Guadalajara: 'guadalajara',
  Zapopan: 'zapopan',
  'San Pedro Tlaquepaque': 'tlaquepaque',
  Tonalá: 'tonala',
  'Tlajomulco de Zúñiga': 'tlajomulco-de-zuniga',
  'El Salto': 'el-salto',
} as const
type City = keyof typeof TOWNS

/** Every list of the demo, in the order of its CSV (URL forms: the user's lists). */
export const LISTS: readonly PortalList[] = [
  cyt('Guadalajara', 'Casas', 'venta', 612),
  cyt('Zapopan', 'Casas', 'venta', 540),
  cyt('San Pedro Tlaquepaque', 'Casas', 'venta', 301),
  cyt('Tonalá', 'Casas', 'venta', 240),
  cyt('Tlajomulco de Zúñiga', 'Casas', 'venta', 388),
  cyt('El Salto', 'Casas', 'venta', 74),
  cyt('Guadalajara', 'Casas', 'renta', 266),
  cyt('Zapopan', 'Casas', 'renta', 198),
  cyt('Guadalajara', 'Departamentos', 'venta', 455),
  cyt('Zapopan', 'Departamentos', 'venta', 498),
  cyt('Guadalajara', 'Terrenos', 'venta', 251),
  cyt('Zapopan', 'Terrenos', 'venta', 167),
  cyt('Guadalajara', 'Departamentos', 'renta', 312),
  cyt('Zapopan', 'Departamentos', 'renta', 244),
  inm24('Zapopan', 'Casas', 'renta', 44),
  inm24('Guadalajara', 'Casas', 'renta', 35),
  inm24('Zapopan', 'Casas', 'venta', 68),
  inm24('Guadalajara', 'Casas', 'venta', 57),
  inm24('Tonalá', 'Casas', 'venta', 30),
  inm24('Zapopan', 'Departamentos', 'venta', 40),
  inm24('El Salto', 'Casas', 'venta', 17),
  lam('Zapopan', 'Casas', 'venta', 64),
  lam('Guadalajara', 'Departamentos', 'renta', 41),
  lam('Tonalá', 'Casas', 'venta', 19),
  mit('Zapopan', 'Casas', 'venta', 60),
  mit('Guadalajara', 'Casas', 'venta', 49),
  mit('Guadalajara', 'Departamentos', 'renta', 33),
  prop('Guadalajara', 'Casas', 'venta', 94),
  prop('Zapopan', 'Departamentos', 'venta', 130),
  prop('Zapopan', 'Casas', 'renta', 31),
  tro('Zapopan', 'Casas', 'venta', 70),
  tro('Guadalajara', 'Departamentos', 'renta', 40),
  tro('El Salto', 'Casas', 'venta', 12),
]

type Operation = PortalList['operation']

function listAt(site: Site, city: City, product: string, operation: Operation, size: number, path: string) {
  const url = `https://${HOSTS[site]}${path}`
  return { site, city, town: TOWNS[city], operation, product, url, size }
}

function cyt(city: City, product: string, operation: Operation, size: number): PortalList {
  const path = `/jalisco/${TOWNS[city]}/${product.toLowerCase()}/${operation}`
  return listAt('CyT', city, product, operation, size, path)
}

function inm24(city: City, product: string, operation: Operation, size: number): PortalList {
  const path = `/${product.toLowerCase()}-en-${operation}-en-${TOWNS[city]}.html`
  return listAt('Inm24', city, product, operation, size, path)
}

function lam(city: City, product: string, operation: Operation, size: number): PortalList {
  // The portal's own name for it: there are two places called Tonalá.
  const town = city === 'Tonalá' ? 'tonala-1' : TOWNS[city]
  const path = `/jalisco/${town}/${singular(product)}/for-${operation === 'venta' ? 'sale' : 'rent'}/`
  return listAt('Lam', city, product, operation, size, path)
}

function mit(city: City, product: string, operation: Operation, size: number): PortalList {
  const path = `/casas/${operation}-${singular(product)}-${TOWNS[city]}`
  return listAt('Mit', city, product, operation, size, path)
}

function prop(city: City, product: string, operation: Operation, size: number): PortalList {
  return listAt(
    'Prop',
    city,
    product,
    operation,
    size,
    `/${TOWNS[city]}/${product.toLowerCase()}-${operation}`,
  )
}

function tro(city: City, product: string, operation: Operation, size: number): PortalList {
  const path = `/${operation}-${product.toLowerCase()}-${TOWNS[city]}`
  return listAt('Tro', city, product, operation, size, path)
}

function singular(product: string): string {
  return product.toLowerCase().replace(/s$/, '')
}
