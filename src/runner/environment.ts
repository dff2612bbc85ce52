import type { Config } from '../domain/config.ts'
import type { AttemptSpec } from '../domain/runner.ts'
import { findChromium } from './chromium.ts'
import type { OutputFiles } from './output.ts'

/** Names that pass from our environment to every scraper (source: scraper-contract.md, In). */
const PASSED =
  /^(?:PATH|HOME|LANG|LC_[A-Z]+|TZ|https?_proxy|all_proxy|no_proxy|HTTPS?_PROXY|ALL_PROXY|NO_PROXY)$/

type Environment = Record<string, string>

/**
 * The whole environment of one attempt (source: scraper-contract.md, In).
 * @param ours the environment to take the allowed names from
 */
export function scraperEnvironment(
  config: Config,
  spec: AttemptSpec,
  place: { files: OutputFiles; workFolder: string; deadline: Date },
  ours: NodeJS.ProcessEnv,
): Environment {
  const scraper = config.scrapers[spec.task.scraper_name]
  const passed = scraper?.pass_env ?? []
  const allowed = Object.entries(ours).filter(([name]) => PASSED.test(name) || passed.includes(name))
  return present({
    ...Object.fromEntries(allowed),
    ...taskVariables(spec),
    ...siteVariables(config, spec.task.website),
    ...(scraper?.browser && { SCRAPER_BROWSER: '1', ZAFRA_CHROMIUM: findChromium(ours) }),
    SCRAPER_BASE_DIR: config.workspace,
    SCRAPER_OUTPUT_FILE: place.files.partial,
    SCRAPER_STATE_FILE: place.files.state,
    SCRAPER_DEADLINE: place.deadline.toISOString(),
    PYTHONPATH: config.workspace,
    TMPDIR: place.workFolder,
    ZAFRA_RUN: spec.tag,
  })
}

function taskVariables({ task, mode, number, url_list_file, previous_file }: AttemptSpec) {
  return {
    SCRAPER_PROTOCOL: '1',
    SCRAPER_MODE: mode,
    SCRAPER_BATCH_ID: task.execution_batch,
    SCRAPER_TASK_ID: String(task.id),
    SCRAPER_ATTEMPT: String(number),
    SCRAPER_WEBSITE: task.website,
    SCRAPER_WEBSITE_CODE: task.website,
    SCRAPER_CITY: task.city,
    SCRAPER_CITY_CODE: task.city,
    SCRAPER_OPERATION: task.operation,
    SCRAPER_OPERATION_CODE: task.operation,
    SCRAPER_PRODUCT: task.product,
    SCRAPER_PRODUCT_CODE: task.product,
    SCRAPER_INPUT_URL: task.url,
    SCRAPER_URL_LIST_FILE: url_list_file,
    SCRAPER_PREVIOUS_FILE: previous_file,
  }
}

function siteVariables(config: Config, website: string) {
  const site = config.sites[website]
  const { host_map, allow_private } = config.network
  return {
    SCRAPER_MAX_PAGES: site && String(site.max_pages),
    SCRAPER_SPLIT: site?.split,
    SCRAPER_RATE_LIMIT: site && String(site.rate_limit),
    SCRAPER_USER_AGENT: site?.user_agent,
    SCRAPER_REPEATS_LIMIT: String(site?.checks.repeats ?? config.checks.repeats),
    SCRAPER_HOST_MAP: Object.keys(host_map).length > 0 ? JSON.stringify(host_map) : null,
    SCRAPER_ALLOW_PRIVATE: allow_private ? '1' : null,
  }
}

function present(variables: Record<string, string | null | undefined>): Environment {
  return Object.fromEntries(
    Object.entries(variables).filter((entry): entry is [string, string] => entry[1] != null),
  )
}
