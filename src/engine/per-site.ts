import type { Config } from '../domain/config.ts'

/** How many tasks of `site` may run at once. */
export function perSite(config: Config, site: string): number {
  return config.sites[site]?.per_site ?? config.execution.per_site
}
