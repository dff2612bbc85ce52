import { scrapeDetails } from './kit/detail.ts'
import { given } from './kit/fields.ts'
import { fromDocument, isGone } from './kit/navent-document.ts'
import { fromScripts, OF_A_LIST } from './kit/navent-scripts.ts'
import type { Page } from './kit/page.ts'

/**
 * A listing or a development of Inmuebles24 (source: sites.md, Inm24): what the page's scripts hold, and what it shows
 * where they hold nothing. Scripts fill in the description and the codes, so a page as the server sends it lacks them.
 * The earlier scraper made a column of each feature that a listing happened to have; here they stand together in
 * `caracteristicas`, so that all files have the same columns.
 */
await scrapeDetails({
  more: [
    ...(['area_m2', 'mantenimiento', 'ubicacion_url', 'anunciante', 'codigo_anunciante'] as const),
    ...(['tiempo_publicacion', 'antiguedad_icon', 'caracteristicas'] as const),
  ],
  earlier: {
    tipo_propiedad: 'tipo',
    recamaras: 'habitaciones',
    direccion: 'ubicacion',
    titulo: 'nombre',
    codigo_inmuebles24: 'id',
    area_total: 'superficie',
    area_cubierta: 'construccion',
    banos_icon: 'baños',
    estacionamientos_icon: 'estacionamientos',
    recamaras_icon: 'habitaciones',
    medio_banos_icon: 'medios_baños',
  },
  lists: OF_A_LIST,
  gone: isGone,
  strategies: [
    { name: 'scripts', read: fromBoth },
    { name: 'dom', read: fromDocument },
  ],
  browser: true,
})

function fromBoth(page: Page) {
  const scripts = fromScripts(page)
  if (!scripts) return undefined
  const shown = fromDocument(page)
  const { tipo, nombre, ubicacion, antiguedad_icon } = shown ?? {}
  return { ...shown, ...given(scripts), ...given({ tipo, nombre, ubicacion, antiguedad_icon }) }
}
