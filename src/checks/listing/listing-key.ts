import type { Places } from './columns.ts'

/** What tells a listing from others: the source's own id, else its address; undefined where it has neither. */
export function listingKey(cells: readonly string[], { id, url }: Places): string | undefined {
  return (id >= 0 && cells[id]) || addressKey(cells, url)
}

export function addressKey(cells: readonly string[], url: number): string | undefined {
  const address = url >= 0 ? cells[url] : undefined
  return address ? canonical(address) : undefined
}

/** An address without what changes although the listing does not: scheme, `www.`, query, fragment, last slash. */
export function canonical(address: string): string {
  const [, host = '', path = ''] = /^(?:https?:)?\/\/(?:www\.)?([^/?#]*)([^?#]*)/i.exec(address) ?? []
  if (host === '') return address
  const bare = path.replace(/\/+$/, '')
  // Where the path says nothing the query does: `/ver?id=12`.
  return bare.lastIndexOf('/') > 0 || /\d/.test(bare) ? host.toLowerCase() + bare : address.toLowerCase()
}
