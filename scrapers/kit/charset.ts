import { TextDecoder } from 'node:util'

const META = /<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)/i

/**
 * The text of a page: by its byte order mark, the header, the first `<meta charset>`, else as UTF-8.
 * @param forced the charset of a portal whose pages are known to declare a wrong one
 */
export function decodeText(body: Buffer, contentType: string | undefined, forced?: string): string {
  if (forced) return decoder(forced).decode(body)
  const declared = /charset\s*=\s*["']?([\w:.-]+)/i.exec(contentType ?? '')?.[1]
  const label = declared ?? META.exec(body.toString('latin1', 0, 2048))?.[1] ?? 'utf-8'
  const bom = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
  return decoder(bom ? 'utf-8' : label).decode(body)
}

function decoder(label: string): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder('utf-8')
  }
}
