/** A nested piece of configuration before validation, keyed as in zafra.yaml. */
export type Tree = { readonly [key: string]: unknown }

export type Path = readonly (string | number)[]

/** One origin of settings; later layers win. */
export interface Layer {
  tree: Tree
  /** Where the setting at `path` stands, for the person: `zafra.yaml:12`, `ZAFRA_LOCALE`. */
  place(path: Path): string
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `over` on top of `base`: maps join key by key, anything else replaces. A map left empty (null) changes nothing. */
export function merge(base: Tree, over: Tree): Tree {
  // Object.fromEntries defines own properties, so that a key `__proto__` stays a mere key.
  return Object.fromEntries([
    ...Object.entries(base),
    ...Object.entries(over)
      .filter(([key, value]) => !(value === null && isTree(own(base, key))))
      .map(([key, value]) => {
        const below = own(base, key)
        return [key, isTree(below) && isTree(value) ? merge(below, value) : value] as const
      }),
  ])
}

/** The last layer that sets the value at `path`; undefined: none does, it is a default of its entry. */
export function setter(layers: readonly Layer[], path: Path): Layer | undefined {
  return layers.findLast(({ tree }) => sets(tree, path))
}

function sets(value: unknown, path: Path): boolean {
  const [key, ...rest] = path
  if (key === undefined) return true
  // A list replaces the lists of the layers before it as a whole.
  if (Array.isArray(value)) return true
  const inner = isTree(value) ? own(value, String(key)) : undefined
  return inner !== undefined && sets(inner, rest)
}

/** The value at `path` in a tree that may hold anything. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return at[Number(key)]
    return isTree(at) ? own(at, String(key)) : undefined
  }, value)
}

function own(tree: Tree, key: string): unknown {
  return Object.hasOwn(tree, key) ? tree[key] : undefined
}
