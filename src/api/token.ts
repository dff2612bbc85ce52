import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether an `Authorization` header carries `token`; takes as long wherever they differ. */
export function carries(header: string | undefined, token: string): boolean {
  const given = /^Bearer +(.+)$/i.exec(header ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(given), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
