import { HOSTS, LISTS, SITE_NAMES, type Site } from './lists.ts'

/** Seconds between two requests at speed 1: what a person can watch. */
const RATE_LIMITS: Record<Site, number> = {
  CyT: 0.02,
  Inm24: 0.01,
  Lam: 0.01,
  Mit: 0.02,
  Prop: 0.02,
  Tro: 0.02,
}
const SITES = Object.keys(RATE_LIMITS) as Site[]
/** Where nothing answers. */
const NOWHERE = 'http://127.0.0.1:1'

/** The files of the demo's workspace. `path` is relative to it. `speed` as for the portals. */
export function demoWorkspace({ speed }: { speed: number }): { path: string; contents: string }[] {
  return [
    { path: 'zafra.yaml', contents: configuration(speed) },
    ...SITES.map((site) => ({ path: `urls/${site.toLowerCase()}_urls.csv`, contents: urlList(site) })),
  ]
}

function configuration(speed: number): string {
  return `# The workspace of zafra demo: six portals on this machine, in a hurry.
execution:
  max_parallel: 4
  max_attempts: 3
  retry_delay: ${1 / speed}
  retry_factor: 2
  retry_max_delay: ${4 / speed}
  timeout: 2m
  grace: 2s
  # A demo starts at once, however busy the machine is.
  max_cpu: 100
  max_memory: 100
  min_free_disk: 10MB
sites:
${SITES.map((site) => siteSettings(site, speed)).join('')}# The portals are there as long as zafra demo runs. Other commands ask nobody: the real ones must not be asked in such a
# hurry.
network:
  host_map:
${SITES.map((site) => `    ${HOSTS[site]}: ${NOWHERE}\n`).join('')}schedule: []
`
}

function siteSettings(site: Site, speed: number): string {
  const walled = site === 'Inm24' ? `    pause_after_blocked: 1\n    pause: ${2 / speed}\n` : ''
  return `  ${site}:\n    rate_limit: ${RATE_LIMITS[site] / speed}\n    max_pages: 30\n${walled}`
}

function urlList(site: Site): string {
  const rows = LISTS.filter((list) => list.site === site).map(({ city, operation, product, url }) =>
    [SITE_NAMES[site], city, operation, product, url].join(','),
  )
  return ['PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL', ...rows, ''].join('\n')
}
