import { parseDocument } from 'yaml'
import { nearest } from '../domain/nearest.ts'
import { isTree, merge, type Layer, type Path, type Tree } from './layer.ts'

const PREFIX = 'ZAFRA_'

/**
 * Settings from variables such as `ZAFRA_EXECUTION__MAX_PARALLEL=4`: two underscores go one level down, letter
 * case is ignored, the value is YAML (so JSON too). An empty variable counts as not set. Names without `__` that
 * are no section are not ours to judge, but a near miss is noted.
 * @param below the layers under this one: they say how a key is really written (`Inm24`)
 */
export function environmentLayer(
  env: Readonly<Record<string, string | undefined>>,
  below: Tree,
  sections: readonly string[],
): { layer: Layer; notices: string[] } {
  const places = new Map<string, string>()
  const notices: string[] = []
  let tree: Tree = {}
  const names = Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && env[name] !== '')
    // A whole section first, then its single keys, which are more precise.
    .toSorted((one, other) => one.split('__').length - other.split('__').length)
  for (const name of names) {
    const path = realPath(name.slice(PREFIX.length).split('__'), below, sections)
    if (path.length === 1 && !sections.includes(path[0]!)) {
      const meant = nearest(path[0]!, sections)
      if (meant) notices.push(`${name} is not a setting; ${PREFIX}${meant.toUpperCase()} is`)
      continue
    }
    tree = merge(tree, nest(path, parsed(env[name]!)))
    places.set(path.join('.'), name)
  }
  return { layer: { tree, place: (path) => placeOf(places, path) }, notices }
}

function realPath(segments: string[], below: Tree, sections: readonly string[]): string[] {
  let at: unknown = below
  return segments.map((segment, depth) => {
    const known = depth === 0 ? sections : isTree(at) ? Object.keys(at) : []
    const key = known.find((each) => each.toLowerCase() === segment.toLowerCase()) ?? segment.toLowerCase()
    at = isTree(at) ? at[key] : undefined
    return key
  })
}

function parsed(text: string): unknown {
  const document = parseDocument(text)
  return document.errors.length > 0 ? text : document.toJS()
}

function nest(path: readonly string[], value: unknown): Tree {
  const [key, ...rest] = path
  return Object.fromEntries([[key!, rest.length === 0 ? value : nest(rest, value)]])
}

/** The variable that set `path`: its own, that of something around it, or one of something in it. */
function placeOf(places: ReadonlyMap<string, string>, path: Path): string {
  for (let length = path.length; length > 0; length--) {
    const name = places.get(path.slice(0, length).join('.'))
    if (name !== undefined) return name
  }
  const within = `${path.join('.')}.`
  return [...places].find(([setting]) => setting.startsWith(within))?.[1] ?? 'the environment'
}
