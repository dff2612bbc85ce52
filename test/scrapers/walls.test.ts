import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isWall } from '../../scrapers/kit/walls.ts'

/** What walls look like, by who builds them. */
const WALLS = {
  Cloudflare: '<title>Just a moment...</title><noscript>Enable JavaScript and cookies to continue</noscript>',
  'Cloudflare, in Spanish': '<title>Un momento…</title><script>window._cf_chl_opt={}</script>',
  Turnstile: '<h1>portal.mx</h1><div class="cf-turnstile" data-sitekey="0x4"></div>',
  'Cloudflare, final': '<title>Attention Required! | Cloudflare</title>',
  DataDome:
    "<script data-cfasync=\"false\">var dd={'rt':'c','cid':'AHr','host':'geo.captcha-delivery.com'}</script>",
  'AWS WAF':
    '<script>window.awsWafCookieDomainList = []; window.gokuProps = {}</script><noscript></noscript>',
  'Akamai, refused':
    "<h1>Access Denied</h1>You don't have permission<p>Reference&#32;&#35;18&#46;2d351ab8</p>",
  'Akamai, interrupted': '<h1>Pardon Our Interruption...</h1>',
  Incapsula:
    '<iframe id="main-iframe" src="/_Incapsula_Resource?SWUDNSAI=31">Incapsula incident ID: 4</iframe>',
  HUMAN: '<p>Press &amp; Hold to confirm you are a human</p><div id="px-captcha"></div>',
  Kasada: '<script>window.KPSDK={};</script><script src="/149e9513/ips.js"></script>',
  F5: '<p>The requested URL was rejected. Please consult with your administrator. Your support ID is: 7</p>',
  reCAPTCHA: '<form><div class="g-recaptcha"></div><button>Continuar</button></form>',
  'a sum': '<title>Security verification</title><p id="math-question">12 + 7</p>',
  human: '<h1>Verifica que eres humano</h1>',
  'not a robot': '<p>Estamos verificando que no eres un robot.</p>',
  'you, formally': '<p>Confirme que usted es una persona real para continuar</p>',
  accents: '<p>Verificaci&oacute;n de seguridad</p>',
  browser: '<p>Comprobando su navegador antes de acceder</p>',
  refused: '<h1>ACCESO DENEGADO</h1>',
  unusual: '<p>Hemos detectado actividad inusual desde su red.</p>',
  traffic: '<p>Detectamos tráfico sospechoso</p>',
  'too many': '<p>Demasiadas solicitudes. Intente más tarde.</p>',
}

test.for(Object.entries(WALLS))('a wall: %s', ([, html]) => {
  expect(isWall(html)).toBe(true)
})

const SHELL = '<!doctype html><title>Casas en venta</title><main id="app"></main>'
const LONG = '<p>Casa con jardín en Zapopan, cerca de todo.</p>'.repeat(80)

test.for([
  ['a page of a new layout', SHELL],
  [
    'one that a guard looks after',
    `${SHELL}<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`,
  ],
  ['one with a form', `${LONG}<script src="https://www.google.com/recaptcha/api.js"></script>`],
  ['one with a tag of DataDome', `${LONG}<script src="https://js.datadome.co/tags.js"></script>`],
  ['one with a tag of Incapsula', `${LONG}<script src="/_Incapsula_Resource?SWJIYLWA=719d"></script>`],
  [
    'one that speaks of security',
    `${LONG}<p>Acceso restringido a residentes, control de seguridad 24 h.</p>`,
  ],
  ['none', '<p>No encontramos propiedades con estos filtros</p>'],
] as const)('no wall: %s', ([, html]) => {
  expect(isWall(html)).toBe(false)
})

test('a wall that was met in 2026, with status 200', () => {
  const page = readFileSync(new URL('../fixtures/portals/lam-page2-wall.html', import.meta.url), 'utf8')
  expect(isWall(page)).toBe(true)
})

test('a hostile page is looked at once, whatever it leaves open', () => {
  const started = performance.now()
  isWall('<script>'.repeat(200_000))
  isWall('<'.repeat(500_000))
  isWall('<!--'.repeat(200_000))
  expect(performance.now() - started).toBeLessThan(2000)
})
