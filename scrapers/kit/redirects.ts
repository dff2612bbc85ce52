/** The number of a first page, which portals leave out of an address. */
const FIRST_PAGE = /^p(?:age|[aá]gina)?=1$/i

/**
 * Whether a redirect leads to the page that was asked for, only under another form of its address: https or www.,
 * a slash at its end, another case or percent-encoding of its path, more parameters.
 */
export function leadsToSame(asked: URL, led: URL): boolean {
  if (place(asked) !== place(led)) return false
  const given = new Set(parameters(led))
  return parameters(asked).every((each) => given.has(each) || FIRST_PAGE.test(each))
}

function place(url: URL): string {
  return `${url.host.replace(/^www\./, '')}${decoded(url.pathname).replace(/\/+$/, '')}`.toLowerCase()
}

function parameters({ searchParams }: URL): string[] {
  return [...searchParams].map(([name, value]) => `${name}=${value}`)
}

/** A path that is not valid percent-encoding stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
