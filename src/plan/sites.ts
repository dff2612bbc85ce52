import type { Config, SiteConfig } from '../domain/config.ts'

export interface Site extends SiteConfig {
  code: string
}

/** Finds the site to which a URL's host belongs: its own host or one under it (`www.`), switched off or not. */
export function siteFinder(config: Config): (hostname: string) => Site | undefined {
  const byHost = new Map(
    Object.entries(config.sites).map(([code, site]): [string, Site] => [site.host, { ...site, code }]),
  )
  return function find(hostname): Site | undefined {
    const site = byHost.get(hostname)
    const dot = hostname.indexOf('.')
    return site ?? (dot === -1 ? undefined : find(hostname.slice(dot + 1)))
  }
}
