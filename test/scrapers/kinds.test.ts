import { expect, test } from 'vitest'
import { kindOf } from '../../scrapers/kit/kinds.ts'
import { operation, operations } from '../../scrapers/kit/operation.ts'

test.for([
  ['casas-zapopan', 'casas'],
  ['casa-el-salto', 'casa'],
  ['casas-en-condominio-tlajomulco-de-zuniga', 'casas-en-condominio'],
  ['casas-en-fraccionamiento-tonala', 'casas-en-fraccionamiento'],
  ['locales-en-centro-comercial-el-salto', 'locales-en-centro-comercial'],
  ['locales-comerciales-guadalajara', 'locales-comerciales'],
  ['naves-industriales-juanacatlan', 'naves-industriales'],
  ['condominio-horizontal-zapopan', 'condominio-horizontal'],
  ['departamentos-compartidos-zapopan', 'departamentos-compartidos'],
  ['desarrollo-horizontal-vertical-tonala', 'desarrollo-horizontal-vertical'],
  ['casas-uso-de-suelo-zapopan', 'casas-uso-de-suelo'],
  ['locales-retail-tonala', 'locales-retail'],
  ['inmueble-productivo-urbano-zapopan', 'inmueble-productivo-urbano'],
  ['doctor-office-zapotlanejo', 'doctor-office'],
  ['aticos', 'aticos'],
  ['san-pedro-tlaquepaque', undefined],
  ['el-salto', undefined],
  // A town of Jalisco.
  ['villa-corona', undefined],
  ['casablanca', undefined],
  ['', undefined],
  [undefined, undefined],
] as const)('%s begins with %s', ([slug, kind]) => {
  expect(kindOf(slug)).toBe(kind)
})

test.for([
  ['Venta', ['venta']],
  ['en renta', ['renta']],
  ['venta / renta', ['venta', 'renta']],
  ['Temporal/Vacacional', ['renta']],
  ['Alquiler', ['renta']],
  ['Preventa', ['venta']],
  ['for-sale', ['venta']],
  ['http://purl.org/goodrelations/v1#LeaseOut', ['renta']],
  ['Ventana con ventaja rentable', []],
  ['Traspaso', []],
  [undefined, []],
] as const)('%j names the operations %j', ([written, named]) => {
  expect(operations(written)).toEqual(named)
  expect(operation(written)).toBe(named.length === 1 ? named[0] : undefined)
})
