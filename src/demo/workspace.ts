import { LISTS, SITE_NAMES, type PortalList } from './lists.ts'

type Site = PortalList['site']

/** Seconds between two requests at speed 1: what a person can watch. */
const RATE_LIMITS: Record<Site, number> = { CyT: 0.15, Inm24: 0.01 }

/** The files of the demo's workspace. `path` is relative to it. `speed` as for the portals. */
export function demoWorkspace({ speed }: { speed: number }): { path: string; contents: string }[] {
  return [
    { path: 'zafra.yaml', contents: configuration(speed) },
    { path: 'urls/cyt_urls.csv', contents: urlList('CyT') },
    { path: 'urls/inm24_urls.csv', contents: urlList('Inm24') },
  ]
}

function configuration(speed: number): string {
  return `# The workspace of zafra demo: two portals on this machine, in a hurry.
execution:
  max_parallel: 2
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
  CyT:
    rate_limit: ${RATE_LIMITS.CyT / speed}
    max_pages: 30
  Inm24:
    rate_limit: ${RATE_LIMITS.Inm24 / speed}
    max_pages: 30
    pause_after_blocked: 1
    pause: ${2 / speed}
schedule: []
`
}

function urlList(site: Site): string {
  const rows = LISTS.filter((list) => list.site === site).map(({ city, operation, product, url }) =>
    [SITE_NAMES[site], city, operation, product, url].join(','),
  )
  return ['PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL', ...rows, ''].join('\n')
}
