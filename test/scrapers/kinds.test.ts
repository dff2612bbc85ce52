import { expect, test } from 'vitest'
import { kindOf } from '../../scrapers/kit/kinds.ts'

test.for([
  ['casas-zapopan', 'casas'],
  ['casa-el-salto', 'casa'],
  ['casas-en-condominio-tlajomulco-de-zuniga', 'casas-en-condominio'],
  ['casas-en-fraccionamiento-tonala', 'casas-en-fraccionamiento'],
  ['locales-en-centro-comercial-el-salto', 'locales-en-centro-comercial'],
  ['locales-comerciales-guadalajara', 'locales-comerciales'],
  ['naves-industriales-juanacatlan', 'naves-industriales'],
  ['condominio-horizontal-zapopan', 'condominio-horizontal'],
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
