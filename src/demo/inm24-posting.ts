import type { Listing } from './listings.ts'
import type { PortalList } from './lists.ts'

/** Where a listing's page is, by what it is. */
export function address(list: PortalList, { id, neighborhood, development }: Listing): string {
  const colony = neighborhood.toLowerCase().replaceAll(' ', '-')
  if (development) return `/propiedades/desarrollo/ememvein-${colony}-${id}.html`
  const kind = list.operation === 'venta' ? 'veclcain' : 'alclcain'
  return `/propiedades/clasificado/${kind}-${list.product.toLowerCase()}-en-${colony}-${id}.html`
}

const NUMBERS = { venta: '1', renta: '2' } as const

/** What is asked for a listing; some are offered for the other operation too, and that one is named first. */
export function offers(list: PortalList, of: Listing): object[] {
  if (of.price === 0) return []
  const offer = (name: PortalList['operation'], amount: number) => ({
    operationType: { name: name === 'venta' ? 'Venta' : 'Renta', operationTypeId: NUMBERS[name] },
    prices: [{ ...currencyOf(of), amount, formattedAmount: amount.toLocaleString('en-US') }],
  })
  const own = offer(list.operation, of.price)
  if (Number(of.id) % 7 !== 0) return [own]
  return list.operation === 'venta'
    ? [offer('renta', Math.ceil(of.price / 200)), own]
    : [offer('venta', of.price * 200), own]
}

function currencyOf({ currency }: Listing) {
  return currency === 'USD'
    ? { currencyId: '1', isoCode: 'USD', currency: 'USD' }
    : { currencyId: '10', isoCode: 'MXN', currency: 'MN' }
}

/** The portal's codes of what it counts; what is 0 is not there. */
export function mainFeatures(of: Listing): Record<string, object> {
  const rooms = of.development && of.rooms > 0 ? `${of.rooms} a ${of.rooms + 1}` : of.rooms
  const given: [string, string, string | number, string?][] = [
    ['CFT100', 'Terreno', of.land, 'm²'],
    ['CFT101', 'Construido', of.built, 'm²'],
    ['CFT2', 'Recámaras', rooms],
    ['CFT3', 'Baños', of.baths],
    ['CFT4', 'Medio baño', of.halfBaths],
    ['CFT7', 'Estacionamiento', of.parking],
    ['CFT5', 'Antigüedad', of.age],
  ]
  const there = given.filter(([, , value]) => value !== 0)
  return Object.fromEntries(
    there.map(([code, label, value, measure = null]) => [
      code,
      { featureId: code, label, measure, value: String(value) },
    ]),
  )
}

/** Where it is, from the small to the large. */
export function location({ neighborhood, municipality }: Listing): object {
  const state = {
    name: 'Jalisco',
    label: 'PROVINCIA',
    parent: { name: 'Mexico', label: 'PAIS', parent: null },
  }
  return { name: neighborhood, label: 'ZONA', parent: { name: municipality, label: 'CIUDAD', parent: state } }
}

export function kindOf(of: Listing): 'DEVELOPMENT' | 'PROPERTY' {
  return of.development ? 'DEVELOPMENT' : 'PROPERTY'
}
