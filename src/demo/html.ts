const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** `text` so that it stands for itself in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)
}

/** JSON that can stand in a script element. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}

/** A whole page. @param head what stands before the title, if not the charset */
export function htmlPage(title: string, body: string, head = '<meta charset="utf-8">'): string {
  return `<!doctype html><html lang="es-MX"><head>${head}<title>${escapeHtml(title)}</title></head><body>${body}</body></html>`
}

export function jsonLdScript(value: object): string {
  const data = scriptJson({ '@context': 'https://schema.org', ...value })
  return `<script type="application/ld+json">${data}</script>`
}

/**
 * One page of a list that changes while it is read: each page begins with the last listing of the page before,
 * which a scraper must not take twice.
 */
export function pageOf<T>(items: readonly T[], page: number, size: number): T[] {
  return items.slice((page - 1) * (size - 1), (page - 1) * (size - 1) + size)
}
