/** The list's own address for page 1, with `name=N` for the others. */
export function byParameter(name: string): (list: URL, page: number) => URL {
  return (list, page) => {
    const url = new URL(list)
    if (page > 1) url.searchParams.set(name, String(page))
    return url
  }
}
