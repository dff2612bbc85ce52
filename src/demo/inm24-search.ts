import type { ListContents, Listing } from './listings.ts'

/** A page of a search: a list, or what the suffixes of its address leave of it, in their order. */
interface Search {
  contents: ListContents
  page: number
}

/** What portals take a dollar for. */
const PESOS_TO_THE_DOLLAR = 20
const DAYS: Readonly<Record<string, number>> = { '1-semana': 7, '15-dias': 15, '1-mes': 30, '45-dias': 45 }

type Narrow = (listings: readonly Listing[], ...numbers: string[]) => Listing[]

/** What each suffix does; the portal passes over others without a word. Prices on demand are of no band and no order. */
const SUFFIXES: readonly (readonly [RegExp, Narrow])[] = [
  [/-mas-de-(\d+)-pesos(?=[-.])/, (all, least) => priced(all).filter((each) => pesos(each) >= Number(least))],
  [/-menos-de-(\d+)-pesos(?=[-.])/, (all, most) => priced(all).filter((each) => pesos(each) <= Number(most))],
  [
    /-desde-(\d+)-hasta-(\d+)-pesos(?=[-.])/,
    (all, least, most) =>
      priced(all).filter((each) => pesos(each) >= Number(least) && pesos(each) <= Number(most)),
  ],
  [
    /-publicado-hace-menos-de-(1-semana|15-dias|1-mes|45-dias)(?=[-.])/,
    (all, time = '') => all.filter(({ age }) => age < (DAYS[time] ?? Infinity)),
  ],
  [
    /-ordenado-por-precio-ascendente(?=[-.])/,
    (all) => priced(all).toSorted((one, other) => pesos(one) - pesos(other)),
  ],
]

/**
 * What an address of a list shows: `/casas-en-venta-en-zapopan-ordenado-por-precio-ascendente-pagina-2.html`
 * (source: sites.md, Inm24).
 */
export function search({ origin, pathname }: URL, lists: readonly ListContents[]): Search | undefined {
  const contents = lists.find(({ list }) => {
    const stem = list.url.replace(/\.html$/, '')
    const rest = `${origin}${pathname}`.slice(stem.length)
    return `${origin}${pathname}`.startsWith(stem) && /^(?:-.+)?\.html$/.test(rest)
  })
  if (!contents) return undefined
  let { listings } = contents
  for (const [suffix, narrow] of SUFFIXES) {
    const found = suffix.exec(pathname)
    if (found) listings = narrow(listings, ...found.slice(1))
  }
  const page = Number(/-pagina-(\d+)\.html$/.exec(pathname)?.[1] ?? 1)
  return { contents: { ...contents, listings }, page }
}

function priced(listings: readonly Listing[]): Listing[] {
  return listings.filter(({ price }) => price > 0)
}

function pesos({ price, currency }: Listing): number {
  return currency === 'USD' ? price * PESOS_TO_THE_DOLLAR : price
}
