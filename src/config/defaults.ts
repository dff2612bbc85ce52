import { availableParallelism } from 'node:os'
import { CHECK_DEFAULTS } from './checks.ts'

/** What holds where nothing else is said, written as in zafra.yaml. Sites: sites.md, Sites and Rules. */
export function defaults() {
  return {
    database: {
      path: 'orchestrator.db',
      backup_dir: 'backups',
      backup_retention: '30d',
      backup_cron: '30 3 * * *',
      snapshot_interval: '5s',
      fsync: 'always',
    },
    paths: { data: 'data', urls: 'urls', logs: 'logs', codes: 'codes.csv' },
    locale: 'es',
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    execution: {
      max_parallel: Math.min(8, availableParallelism()),
      per_site: 1,
      order: 'relaxed',
      max_attempts: 3,
      retry_delay: '30m',
      retry_factor: 2,
      retry_max_delay: '4h',
      retry_jitter: 0.1,
      timeout: '2h',
      grace: '10s',
      memory_limit: '2GB',
      max_cpu: 80,
      max_memory: 80,
      min_free_disk: '500MB',
    },
    sites: {
      CyT: { name: 'Casas y Terrenos', host: 'casasyterrenos.com', scraper: 'cyt', rate_limit: '2s' },
      Inm24: {
        name: 'Inmuebles24',
        host: 'inmuebles24.com',
        priority: 10,
        scraper: 'inm24',
        detail_scraper: 'inm24_det',
        rate_limit: '5s',
      },
      Lam: {
        name: 'Lamudi',
        host: 'lamudi.com.mx',
        scraper: 'lam',
        detail_scraper: 'lam_det',
        rate_limit: '3s',
      },
      Mit: { name: 'Mitula', host: 'casas.mitula.mx', scraper: 'mit', rate_limit: '5s' },
      Prop: { name: 'Propiedades', host: 'propiedades.com', scraper: 'prop', rate_limit: '3s' },
      Tro: { name: 'Trovit', host: 'casas.trovit.com.mx', scraper: 'tro', rate_limit: '5s' },
    },
    scrapers: {},
    aliases: { website: {}, city: {}, operation: {}, product: {} },
    network: { host_map: {}, allow_private: false },
    schedule: [{ name: 'twice-a-month', cron: '0 2 1,16 * *' }],
    notify: { channels: {}, give_up_after: '3d' },
    checks: CHECK_DEFAULTS,
    logs: { max_bytes_per_attempt: '50MB', retention: '90d', retention_bytes: '5GB' },
    daemon: { drain_timeout: '60s' },
    api: { socket: null, listen: null, metrics: false },
    redact: [],
  }
}
