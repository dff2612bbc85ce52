/** One list of listings of one portal, as a row of `urls/*.csv` names it. */
export interface PortalList {
  site: 'CyT' | 'Inm24'
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

export const SITE_NAMES = { CyT: 'Casas y Terrenos', Inm24: 'Inmuebles24' } as const
export const HOSTS = { CyT: 'www.casasyterrenos.com', Inm24: 'www.inmuebles24.com' } as const

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
]

function cyt(city: City, product: string, operation: 'venta' | 'renta', size: number): PortalList {
  const town = TOWNS[city]
  const url = `https://${HOSTS.CyT}/jalisco/${town}/${product.toLowerCase()}/${operation}`
  return { site: 'CyT', city, town, operation, product, url, size }
}

function inm24(city: City, product: string, operation: 'venta' | 'renta', size: number): PortalList {
  const town = TOWNS[city]
  const url = `https://${HOSTS.Inm24}/${product.toLowerCase()}-en-${operation}-en-${town}.html`
  return { site: 'Inm24', city, town, operation, product, url, size }
}
