import { readCsv } from '../../csv/read.ts'
import { placesOf, type Places } from './columns.ts'
import { addressKey, listingKey } from './listing-key.ts'

/** How a listing is known in two files. */
export type KeyOf = (cells: readonly string[], places: Places) => string | undefined

/** A row may lack the id that the others have. */
const byId: KeyOf = listingKey
const byAddress: KeyOf = (cells, { url }) => addressKey(cells, url)

/** The id where both files have one: a file of an earlier script may know addresses alone. */
export async function commonKey(from: string, to: string): Promise<KeyOf> {
  const [one, other] = [await headerPlaces(from), await headerPlaces(to)]
  return one.id >= 0 && other.id >= 0 ? byId : byAddress
}

/** Whether a third file tells what `keyOf` goes by, which two others have in common. */
export async function hasKey(path: string, keyOf: KeyOf): Promise<boolean> {
  const { id, url } = await headerPlaces(path)
  return keyOf === byId ? id >= 0 : url >= 0
}

async function headerPlaces(path: string): Promise<Places> {
  let places = placesOf([])
  await readCsv(path, {
    onHeader: ({ columns }) => {
      places = placesOf(columns)
    },
    onRow: () => false,
  })
  return places
}
