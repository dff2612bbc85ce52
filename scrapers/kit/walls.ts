import type { IncomingHttpHeaders } from 'node:http'

/** Headers of an answer that a wall gave in the site's place. */
export const WALL_HEADERS = ['cf-mitigated', 'x-amzn-waf-action', 'x-dd-b', 'x-px-block']
/** Headers of all that passes a guard, pages as well: with some statuses it must be the guard that answered. */
export const GUARD_HEADERS = ['x-datadome', 'x-datadome-cid', 'x-iinfo', 'x-kpsdk-ct', 'x-sucuri-id']

/** Hosts that a portal's guard sends visitors to. */
const WALL_ADDRESS = /(?:captcha-delivery\.com|perfdrive\.com|\.queue-it\.net)$|^validate\.|^captcha\./i
const WALL_PATH =
  /\/(?:validate-?)?captcha\b|\/_sec\/cp_challenge|\/cdn-cgi\/challenge|\/_incapsula_resource/i

/** What only the document of a wall has in it, wherever: each line a vendor. */
const MARKS = join([
  /_cf_chl_opt|cf-chl-|cf-browser-verification|challenge-platform\/h\/\w+\/orchestrate|cf-error-details/,
  /(?:geo|ct|interstitial)\.captcha-delivery\.com|\bvar dd\s*=\s*\{\s*'rt'/,
  /awswafcookiedomainlist|gokuprops/,
  /_sec\/cp_challenge|sec-if-cpt|\bbm-verify\b|reference\s*(?:#|&#35;)(?:\s|&#\d+;)*\d+(?:\.|&#46;)[0-9a-f]+/,
  /incapsula incident id|_incapsula_resource\?(?:cwudnsai|swudnsai)|\bdistil_r_captcha/,
  /px-captcha|captcha\.px-cdn|_pxblock/,
  /id=["']?math-question/,
  /sucuri website firewall|ddos-guard\/js-challenge|perfdrive\.com/,
])

/** What pages have as well (a form with a captcha): a wall's only on a page that says little else. */
const WIDGETS = join([
  /cf-turnstile|challenges\.cloudflare\.com/,
  /g-recaptcha|h-captcha|hcaptcha\.com|recaptcha\/(?:api|enterprise)/,
  /datadome|_incapsula_resource|kpsdk|token\.awswaf\.com|px-cloud\.net/,
])

/** What a wall says to people, accents removed; the whole of what it says is short. */
const WORDS = join([
  /just a moment\.\.\.|un momento(?:\.\.\.|…)|attention required|pardon our interruption|disculpe? (?:la|nuestra) interrupcion/,
  /(?:comprobando|verificando|revisando|checking) (?:si |if |que )?(?:la conexion|the site connection|su navegador|tu navegador|el navegador|your browser)/,
  /access denied|access to this page has been denied|acceso (?:denegado|bloqueado|restringido|prohibido|no autorizado)/,
  /(?:you have been|have been|has sido|ha sido|fue) (?:blocked|bloquead[oa])|bloqueado tu acceso|request unsuccessful|requested url was rejected/,
  /(?:not|no (?:eres|soy|es|sea|seas|ser)) (?:a|un) (?:ro)?bot|(?:you are|you're|are you|eres|soy|es|sea|usted es|es usted) (?:a |an |un |una )?(?:real |verdader[oa] )?(?:human|persona real)|no (?:eres|es|sea) una maquina/,
  /(?:press|manten(?:ga|er)?|presion[ae]) (?:&|and|y|puls\w+|presion\w+)[^.]{0,20}(?:hold|manten|confirm)/,
  /(?:unusual|suspicious|automated) (?:traffic|activity|requests|queries)|(?:actividad|trafico|comportamiento) (?:inusual|sospechos[oa]|automatizad[oa]|anormal)/,
  /too many requests|demasiad[oa]s (?:solicitudes|peticiones|consultas|accesos)|rate limit/,
  /security (?:verification|check)|(?:verificacion|comprobacion|control|chequeo) de seguridad/,
  /(?:solve|complete|complet[ae]|resuelv[ae]|ingres[ae]|introduzca|introduce) (?:the |el |este |un )?captcha|\bcaptcha\b/,
  /enable javascript and cookies|(?:habilit|activ)\w+ javascript y (?:las )?cookies/,
])

/** The longest text of a wall; pages of a portal say more. */
const MAX_WORDS = 2500
/** With so little text, a guard's script is all that a page is for. */
const MAX_BESIDE_WIDGET = 600

/** Whether a document is a challenge or a refusal instead of the page; only for one that nobody can read listings from. */
export function isWall(html: string): boolean {
  if (MARKS.test(html)) return true
  const said = spoken(html)
  return (
    (said.length <= MAX_WORDS && WORDS.test(said)) || (said.length <= MAX_BESIDE_WIDGET && WIDGETS.test(html))
  )
}

/** Whether a redirect leads to a wall. */
export function isWallAddress(url: URL): boolean {
  return WALL_ADDRESS.test(url.hostname) || WALL_PATH.test(url.pathname)
}

export function hasHeader(headers: IncomingHttpHeaders, names: readonly string[]): boolean {
  return names.some((name) => headers[name] !== undefined)
}

/** What a document says to people: no tags, no scripts, no accents, one blank between words. */
function spoken(html: string): string {
  return (
    html
      // One that is never closed goes to the end, so that nothing is looked at twice.
      .replace(/<(script|style|svg)\b[^<]*(?:<(?!\/\1)[^<]*)*(?:<\/\1\s*>|$)/gi, ' ')
      .replace(/<[^<>]*>/g, ' ')
      .replace(/&([a-z])(?:acute|tilde|grave|uml|circ);/gi, '$1')
      .replace(/&hellip;/gi, '…')
      .replace(/&nbsp;|\s+/gi, ' ')
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .trim()
  )
}

function join(patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'i')
}
