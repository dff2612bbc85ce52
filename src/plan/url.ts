import { quote } from './text.ts'

/** A list's URL in its normal form, or what is wrong with it. */
export type CheckedUrl = { url: string; hostname: string } | { fault: string }

/** Another address after a blank or a separator; one in a query is part of its own. */
const SECOND = /[\s;,|]https?:\/\//i
/** Parts of a page; what a page's own script routes by (`#!/`, `#/`) is another page. */
const PART = /#(?![!/]).*$/

/** The page that a URL in its normal form leads to: what is the same twice over is fetched once. */
export function pageOf(url: string): string {
  return url.replace(PART, '').replace(/\?$/, '')
}

/** http(s) only, no credentials, nothing invisible (source: faults.md, Security). */
export function checkUrl(text: string): CheckedUrl {
  if (/[\u0000-\u001f\u007f-\u009f]/.test(text)) return { fault: `${quote(text)} holds a control character` }
  if (SECOND.test(text)) return { fault: `${quote(text)} holds more than one URL` }
  const url = URL.parse(text)
  if (url === null) return { fault: `${quote(text)} is not a URL` }
  const { protocol, username, password, hostname, href } = url
  if (protocol !== 'http:' && protocol !== 'https:') return { fault: `${quote(text)} is not an http(s) URL` }
  // Not quoted: whatever stands there may be a secret.
  if (username !== '' || password !== '')
    return { fault: `a URL at ${hostname} holds a user name or password` }
  return { url: href, hostname }
}
