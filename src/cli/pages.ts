const PAGE = 1000

/** Everything that a paged query has. `ask` answers fewer than `limit` only at the end. */
export async function allPages<T>(
  ask: (page: { offset: number; limit: number }) => Promise<readonly T[]>,
): Promise<T[]> {
  const all: T[] = []
  for (;;) {
    const page = await ask({ offset: all.length, limit: PAGE })
    all.push(...page)
    if (page.length < PAGE) return all
  }
}
