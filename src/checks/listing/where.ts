/** Where the cities of the shipped code list lie, in degrees (source: INEGI, catalogue of localities). */
const CITIES: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
  'el salto': [20.52, -103.18],
  guadalajara: [20.67, -103.35],
  'ixtlahuacan de los membrillos': [20.35, -103.19],
  juanacatlan: [20.51, -103.17],
  'tlajomulco de zuniga': [20.47, -103.45],
  'san pedro tlaquepaque': [20.64, -103.31],
  tonala: [20.62, -103.24],
  zapopan: [20.72, -103.39],
  zapotlanejo: [20.62, -103.07],
}

export interface Point {
  latitude: number
  longitude: number
}

/** The middle of a city, of which any of `names` is one (as `plainText` writes them). */
export function cityPoint(names: readonly string[]): Point | undefined {
  const found = names.map((name) => CITIES[name]).find((each) => each !== undefined)
  return found && { latitude: found[0], longitude: found[1] }
}

/** Kilometres along the ground, on a sphere: within half a percent. */
export function kilometres(one: Point, other: Point): number {
  const [from, to] = [radians(one.latitude), radians(other.latitude)]
  const across = Math.sin(radians(other.longitude - one.longitude) / 2) ** 2
  const half = Math.sin((to - from) / 2) ** 2 + Math.cos(from) * Math.cos(to) * across
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(half)))
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
