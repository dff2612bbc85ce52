import { seeded } from '../../src/demo/chance.ts'

/**
 * A list that a portal orders anew for each request. As measured on a real one (five passes within seven minutes): half of the
 * cards stay on their page from one pass to the next, one in ten moves by 60 places or more, and of each
 * pass's cards 15 to 21 % repeat.
 */
export function shuffledList(size: number, pageSize: number, seed: number): (page: number) => number[] {
  const random = seeded(seed)
  const roams = Array.from({ length: size }, () => {
    const luck = random()
    return luck < 0.5 ? 6 : luck < 0.87 ? 40 : 160
  })
  return (page) => {
    const places = roams.map((roam, id) => ({ id, place: id + (random() * 2 - 1) * roam }))
    places.sort((one, other) => one.place - other.place)
    return places.slice((page - 1) * pageSize, page * pageSize).map(({ id }) => id)
  }
}
