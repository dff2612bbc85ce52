import { quote } from './text.ts'

/** A list's URL in its normal form, or what is wrong with it. */
export type CheckedUrl = { url: string; hostname: string } | { fault: string }

/** http(s) only, no credentials, nothing invisible (source: faults.md, Security). */
export function checkUrl(text: string): CheckedUrl {
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) return { fault: `${quote(text)} holds a control character` }
  const url = URL.parse(text)
  if (url === null) return { fault: `${quote(text)} is not a URL` }
  const { protocol, username, password, hostname, href } = url
  if (protocol !== 'http:' && protocol !== 'https:') return { fault: `${quote(text)} is not an http(s) URL` }
  // Not quoted: whatever stands there may be a secret.
  if (username !== '' || password !== '')
    return { fault: `a URL at ${hostname} holds a user name or password` }
  return { url: href, hostname }
}
