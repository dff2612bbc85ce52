/** Kinds of property as addresses of portals name them, without what follows in a longer name. */
const KIND =
  /^(?:[aá]ticos?|bodegas?|bungalows?|casas?|condominio-horizontal|consultorios?|cuartos?|departamentos?|desarrollos?|desvan(?:es)?|doctor-office|duplex|edificios?|estudios?|haciendas?|hotel(?:es)?|huertas?|inmuebles?-productivos?-urbanos?|local(?:es)?|naves?|oficinas?|parcelas?|penthouses?|quintas?|ranchos?|terrenos?|villas)(?=-|$)/
const FURTHER =
  /^-(?:en-condominio|en-fraccionamiento|en-centros?-comercial(?:es)?|comercial(?:es)?|compartidos?|habitacional(?:es)?|horizontal(?:es)?(?:-vertical(?:es)?)?|industrial(?:es)?|retail|(?:con-)?uso-de-suelo|vertical(?:es)?)(?=-|$)/

/**
 * The kind with which `slug` begins, as in `casas-en-condominio-zapopan`; undefined where it begins with a place, which
 * nothing else parts from it.
 */
export function kindOf(slug: string | undefined): string | undefined {
  const kind = KIND.exec(slug ?? '')?.[0]
  return kind === undefined ? undefined : kind + (FURTHER.exec(slug?.slice(kind.length) ?? '')?.[0] ?? '')
}
