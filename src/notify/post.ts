import type { Sent } from '../domain/notice.ts'

/** Characters of an answer that are read to tell why it was refused. */
const READ = 200

/** The request was understood and this very body is not wanted; anything else may be mended by then. */
const FINAL: ReadonlySet<number> = new Set([400, 413, 415, 422])

/** A POST. Redirections are not followed: the body is for the one who was named. @throws what `fetch` throws */
export async function post(
  url: string,
  { headers, ...request }: { headers: Record<string, string>; body: string; signal: AbortSignal },
): Promise<Sent> {
  if (!/^https?:/.test(url)) return refused('the URL is not http or https', null)
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'user-agent': 'zafra', ...headers },
    ...request,
  })
  if (response.ok) {
    await response.body?.cancel()
    return { sent: true }
  }
  const answer = await beginning(response)
  const told = answer === '' ? '' : `: ${answer}`
  const refusal = refused(`the answer was ${response.status}${told}`, waitOf(response))
  return { ...refusal, final: FINAL.has(response.status) }
}

function refused(reason: string, wait_s: number | null) {
  return { sent: false as const, reason, final: false, wait_s }
}

async function beginning({ body }: Response): Promise<string> {
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (text.length >= READ) break
  }
  return text.slice(0, READ).trim()
}

/** Retry-After in seconds; its other form, a date, is left alone. */
function waitOf({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}
