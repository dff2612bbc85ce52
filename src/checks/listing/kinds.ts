import { plainName } from './columns.ts'

/** What is offered, as portals word it; a text may be of both. */
const OPERATIONS: readonly [family: 'sale' | 'rent', word: RegExp][] = [
  ['sale', /\bvent|\bvend|\bcompr|\bremat|\bsale\b|\bsell|\bbuy/],
  ['rent', /\brent|\balquil|\blease|\barriend/],
]

/** Families of property types, and the beginnings of words that name one. */
const TYPES: readonly [family: string, word: RegExp][] = [
  ['house', /\bcasa|\bhouse|\bvilla|\bresidenci|\bquinta|\bbungalow|\bduplex/],
  ['apartment', /\bdepartament|\bdepto|\bapartament|\bapartment|\bpenthouse|\bloft|\bflat\b|\bestudio/],
  ['land', /\bterren|\blote|\bland\b|\bplot\b|\bparcela|\bhuerta/],
  ['office', /\boficina|\bconsultorio|\boffice/],
  ['shop', /\blocal\b|\blocales\b|\bretail|\bshop\b|\bcommercial/],
  ['warehouse', /\bbodega|\bnave\b|\bnaves\b|\bwarehouse/],
  ['building', /\bedificio|\bhotel|\bbuilding/],
  ['ranch', /\branch|\bhacienda/],
  ['room', /\bcuarto|\bhabitacion|\broom\b/],
]

/** Of what operation a text is; undefined where it names none, or both. */
export function operationOf(text: string): 'sale' | 'rent' | undefined {
  const plain = plainText(text)
  const named = OPERATIONS.filter(([, word]) => word.test(plain))
  return named.length === 1 ? named[0]?.[0] : undefined
}

/** Of what type of property a text is: the first that it names; undefined where it names none. */
export function typeOf(text: string): string | undefined {
  const plain = plainText(text)
  let [first, family]: [number, string | undefined] = [Infinity, undefined]
  for (const [each, word] of TYPES) {
    const at = plain.search(word)
    if (at >= 0 && at < first) [first, family] = [at, each]
  }
  return family
}

/** Letters and digits without accents and case; all else is one blank, underscores and hyphens of addresses too. */
export function plainText(text: string): string {
  return plainName(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
