import type { Random } from '../domain/clock.ts'
import { seeded } from './chance.ts'
import type { ListContents, Listing } from './listings.ts'

/** Up to which luck a listing wanders at most so many pages from its place. */
type Roams = readonly (readonly [luck: number, pages: number])[]

// As measured over five passes within seven minutes on a real list of thirty to a page: half of the cards stay on their
// page from one pass to the next, one in ten moves by 60 places or more, and of a pass's cards 15 to 21 % repeat.
/** From one request to the next: what repeats within a pass, and hides others. */
const BY_REQUEST: Roams = [
  [0.5, 0.2],
  [0.92, 1.1],
  [1, 2],
]
/** From one pass to the next. */
const BY_PASS: Roams = [
  [0.91, 0.55],
  [1, 6],
]

/** In which order a list is shown: the same for the same seed and request. */
export interface Request {
  seed: number
  /** How many pages of the list were asked for before. */
  count: number
  pageSize: number
}

export function shuffled({ list, listings }: ListContents, { seed, count, pageSize }: Request): Listing[] {
  const pages = Math.max(1, Math.ceil((listings.length - 1) / (pageSize - 1)))
  const story = seed * 7919 + list.size * 31
  const [byRequest, byPass] = [
    seeded(story + count),
    seeded(story + 104_729 * (1 + Math.floor(count / pages))),
  ]
  const placed = listings.map((each, place) => {
    // What a listing's key says of it and of nothing else: how far it wanders does not change.
    const luck = seeded(Number(each.id))
    const away = step(luck, BY_REQUEST, byRequest) + step(luck, BY_PASS, byPass)
    return { each, place: place + away * pageSize }
  })
  placed.sort((one, other) => one.place - other.place)
  return placed.map(({ each }) => each)
}

/** Pages, before or after its own place. */
function step(luck: Random, roams: Roams, random: Random): number {
  const own = luck()
  const pages = roams.find(([until]) => own < until)?.[1] ?? 0
  return (random() * 2 - 1) * pages
}

/** The same list in another order, which is made where somebody looks. */
export function inOrder(contents: ListContents, order: (contents: ListContents) => Listing[]): ListContents {
  let listings: Listing[] | undefined
  return {
    ...contents,
    get listings() {
      return (listings ??= order(contents))
    },
  }
}
