import { day } from './dates.ts'
import { rowOf, type Fields } from './fields.ts'
import { at, type Json } from './json.ts'
import { degrees } from './measure.ts'
import { askedFor, measures, ofPostingType, ofTheList, placeOfChain } from './navent.ts'
import { link, type Page } from './page.ts'
import type { Cell, Row } from './site.ts'
import { identifier, joined, prose, text } from './text.ts'
import { title } from './title.ts'

const date = (value: Json, page: Page): Cell => day(value, page.fetched)

const POSTING: Fields = {
  id: [identifier, 'postingId'],
  url: [link, 'url'],
  descripcion: [prose, 'descriptionNormalized', 'description'],
  latitud: [degrees, 'postingLocation.postingGeolocation.geolocation.latitude'],
  longitud: [degrees, 'postingLocation.postingGeolocation.geolocation.longitude'],
  // When it was first seen: an advertiser begins a publication anew to stand on top.
  fecha_publicacion: [date, 'publication.firstDateOnline', 'publication.beginDate'],
  actualizado: [date, 'modified_date', 'modifiedDate'],
}

/** What a posting of a list's embedded state says (source: sites.md, Inm24). */
export function ofThePosting(posting: Json, page: Page): Row {
  const list = ofTheList(page)
  const asked = askedFor(at(posting, 'priceOperationTypes'), list.operacion)
  const street = text(at(posting, 'postingLocation.address.name'))
  const place = placeOfChain(at(posting, 'postingLocation.location'))
  const { colonia, municipio } = place
  return {
    ...rowOf(POSTING, posting, page),
    ...asked,
    ...measures(at(posting, 'mainFeatures')),
    ...place,
    desde: ofPostingType(asked, at(posting, 'postingType')),
    tipo: list.tipo ?? text(at(posting, 'realEstateType.name')),
    operacion: asked.operacion ?? list.operacion,
    nombre: title(at(posting, 'title'), street, colonia, municipio, joined(colonia, municipio)),
    ubicacion: joined(...new Set([street, colonia, municipio])),
  }
}
