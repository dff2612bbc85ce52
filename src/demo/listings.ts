import type { Random } from '../domain/clock.ts'
import { between, pick, seeded } from './chance.ts'
import type { PortalList } from './lists.ts'

/** A listing as its advertiser entered it. Areas in m², coordinates in degrees; 0: not given. */
export interface Listing {
  id: string
  development: boolean
  title: string
  description: string
  /** For a development, the least of its prices; 0: on demand. */
  price: number
  currency: 'MXN' | 'USD'
  rooms: number
  baths: number
  halfBaths: number
  parking: number
  land: number
  built: number
  street: string
  neighborhood: string
  municipality: string
  lat: number
  lon: number
  updated: string
  age: number
  maintenance: number
  features: string[]
  /** Whoever sells; portals carry it along, and no scraper may keep it. */
  broker: { name: string; phone: string; email: string }
  code: string
  /** Still in the list, its own page gone. */
  vanished: boolean
}

const NEIGHBORHOODS = [
  'Providencia',
  'Chapalita',
  'Jardines del Bosque',
  'Colinas de San Javier',
  'Santa Tere',
  'Arcos Vallarta',
  'Ciudad Granja',
  'La Estancia',
  'Lomas de Zapopan',
  'Analco',
] as const
const ADJECTIVES = ['Amplia', 'Cómoda', 'Céntrica', 'Bonita', 'Acogedora', 'Única, ¡véala!'] as const
const BROKERS = ['Inmobiliaria Peña', 'Bienes Raíces Ñuño', 'Casa Jalisco', 'Grupo Ávila "Hogar"'] as const
const FEATURES = ['Alberca', 'Jardín', 'Terraza', 'Vigilancia 24 h', 'Elevador', 'Roof garden'] as const

const NEIGHBOUR = 'Zapotlanejo'

/** A list and what the portal shows of it. */
export interface ListContents {
  list: PortalList
  listings: Listing[]
  /** What the portal recommends beside it; not of the list. */
  related: Listing
}

/** After so many fortnights nothing changes any more: the keys of a list's listings are all taken. */
const LAST_FORTNIGHT = 9

/**
 * What a list holds: always the same for the same seed and fortnight.
 * @param place the list's place among all lists
 * @param fortnight how many have passed since it began
 */
export function contentsOf(list: PortalList, place: number, seed: number, fortnight = 0): ListContents {
  const random = seeded(seed * 1000 + place)
  const keyOf = (index: number) => String(60_000_000 + place * 10_000 + index)
  let listings = Array.from({ length: list.size }, (_, index) => listing(list, keyOf(index), random))
  const related = listing(list, keyOf(list.size), random)
  for (let passed = 1; passed <= Math.min(fortnight, LAST_FORTNIGHT); passed += 1) {
    const chance = seeded((seed * 1000 + place) * 10 + passed)
    listings = listings.map((each, index) => later(each, chance, list, keyOf(passed * 1000 + index)))
  }
  // The search of this portal goes by distance, and takes in what lies over the border.
  if (list.site === 'CyT' && listings[5]) listings[5].municipality = NEIGHBOUR
  return { list, listings, related }
}

/** A listing a fortnight on: sold, with another in its place; dearer or cheaper; mostly as it was. */
function later(of: Listing, random: Random, list: PortalList, key: string): Listing {
  const luck = random()
  if (luck < 0.04) return listing(list, key, random)
  const change = luck < 0.1 ? 0.95 : luck < 0.13 ? 1.03 : 1
  return { ...of, price: Math.round(of.price * change) }
}

function listing(list: PortalList, id: string, random: Random): Listing {
  const land = list.product === 'Terrenos'
  const neighborhood = pick(random, NEIGHBORHOODS)
  const dollars = random() < 0.08
  const name = `${pick(random, ADJECTIVES)} ${list.product.toLowerCase().replace(/s$/, '')} en ${neighborhood}`
  const phone = `33 ${between(random, 1000, 3999)} ${between(random, 1000, 9999)}`
  const email = `ventas${between(random, 1, 99)}@inmobiliaria.example`
  const pesos = list.operation === 'renta' ? between(random, 8, 60) * 500 : between(random, 90, 1800) * 10_000
  return {
    id,
    development: random() < (list.site === 'Inm24' ? 0.25 : 0.06),
    title: name,
    description: `${name}, a 5 minutos de todo. Superficie de ${between(random, 80, 400)} m². Informes: ${phone}, ${email}`,
    price: dollars ? Math.ceil(pesos / 20) : pesos,
    currency: dollars ? 'USD' : 'MXN',
    rooms: land ? 0 : between(random, 1, 5),
    baths: land ? 0 : between(random, 1, 4),
    halfBaths: land ? 0 : between(random, 0, 1),
    parking: land ? 0 : between(random, 0, 3),
    land: between(random, 60, 1500),
    built: land ? 0 : between(random, 50, 700),
    street: `Calle ${(Number(id) % 97) + 1} ${(Number(id) % 900) + 100}`,
    neighborhood,
    municipality: list.city,
    lat: degrees(20.5, random),
    lon: degrees(-103.45, random),
    updated: `2026-0${between(random, 1, 9)}-${between(random, 10, 28)}`,
    age: between(random, 0, 30),
    maintenance: between(random, 0, 4) * 450,
    features: FEATURES.filter(() => random() < 0.4),
    broker: { name: pick(random, BROKERS), phone, email },
    code: `ZC-${between(random, 100, 999)}`,
    vanished: random() < 0.03,
  }
}

function degrees(from: number, random: Random): number {
  return Number((from + random() * 0.3).toFixed(6))
}
