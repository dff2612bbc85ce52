import { firstText, texts, type Select } from './css.ts'
import { area, bathrooms, before } from './measure.ts'
import { price, type Price } from './money.ts'
import { ofTheList, placeOnCard } from './navent.ts'
import { link, type Page } from './page.ts'
import type { Row } from './site.ts'
import { identifier, joined, prose } from './text.ts'
import { title } from './title.ts'

/** An element of the page that shows one listing. */
interface Card {
  find: Select
  attr: (name: string) => string | undefined
}

const PRICE_BLOCK = [
  '[class*="PriceFrom"]',
  '[class*="price-from"]',
  '[class*="PriceBlock"]',
  '[class*="price-block"]',
]
const STREET =
  '[data-qa="POSTING_CARD_ADDRESS"], [class*="location-address"], .postingAddress, [class*="LocationAddress"]'
/** Headings that are told for what they are by nothing are the title; cards of 2026 have none. */
const TITLE =
  '[data-qa="POSTING_CARD_TITLE"], [class*="posting-title"], h2:not([class], [data-qa]), h3:not([class], [data-qa])'

/** What a card of a list says, of any of the years from 2024 to 2026. */
export function ofTheCard(card: Card, page: Page): Row {
  const $: Select = (selector) => card.find(selector)
  const features = texts($, `${part('FEATURES')} span`).join(' · ') || (firstText($, part('FEATURES')) ?? '')
  const { full, half } = bathrooms(features)
  const description = firstText(
    $,
    `${part('DESCRIPTION')} a`,
    `${part('DESCRIPTION')} h3`,
    part('DESCRIPTION'),
  )
  const location = firstText($, part('LOCATION'))
  const street = streetOf(firstText($, STREET), location)
  return {
    ...askedOnCard($),
    ...ofTheList(page),
    ...placeOnCard(location),
    id: identifier(card.attr('data-id')),
    url: link(card.attr('data-to-posting'), page),
    nombre: title(firstText($, TITLE), location, street, joined(street, location)),
    descripcion: prose(description),
    ubicacion: joined(street, location),
    superficie: area('lote|tot|terr', features),
    construccion: area('constr|cub', features),
    habitaciones: before('rec|dorm|hab', features),
    baños: full,
    medios_baños: half,
    estacionamientos: before('estac|coch', features),
  }
}

/** The word "desde" stands within the price or beside it. */
function askedOnCard($: Select): Price {
  const asked = price(firstText($, part('PRICE')))
  const isLeast = asked.precio !== undefined && /\bdesde\b|a partir/i.test(firstText($, ...PRICE_BLOCK) ?? '')
  return isLeast ? { ...asked, desde: 'sí' } : asked
}

/** The street, also where its element holds the whole place. */
function streetOf(written: string | undefined, location: string | undefined): string | undefined {
  const street = location && written?.endsWith(location) ? written.slice(0, -location.length) : written
  return street?.replace(/[,\s]+$/, '') || undefined
}

function part(name: string): string {
  return `[data-qa="POSTING_CARD_${name}"]`
}
