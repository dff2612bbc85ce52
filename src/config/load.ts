import { join, resolve } from 'node:path'
import type { z } from 'zod'
import type { Config } from '../domain/config.ts'
import { ZafraError } from '../domain/error.ts'
import { defaults } from './defaults.ts'
import { environmentLayer } from './environment.ts'
import { describeFaults, type Layers } from './faults.ts'
import { readFileLayer } from './file.ts'
import { isTree, merge, setter, type Layer, type Tree } from './layer.ts'
import { configSchema, type CronProblem } from './schema.ts'
import { CONFIG_FILE, openWorkspace } from './workspace.ts'

export interface LoadOptions {
  cwd: string
  /** The folder that the command line names; else the nearest one upward from `cwd`. */
  workspace?: string
  env: Readonly<Record<string, string | undefined>>
  /** What the command line's flags set, keyed as in zafra.yaml. */
  overrides?: Tree
  cronProblem: CronProblem
}

export interface Loaded {
  config: Config
  /** Dotted path of every value → where it comes from: `default`, `zafra.yaml:12`, a variable's name, `flag`. */
  sources: Readonly<Record<string, string>>
  /** What the operator should know although nothing is wrong. */
  notices: readonly string[]
}

/**
 * The configuration in force: defaults, then zafra.yaml, then the environment, then flags.
 * @throws ZafraError `config` naming every fault at once
 */
export async function loadConfig(options: LoadOptions): Promise<Loaded> {
  const workspace = openWorkspace(options.cwd, options.workspace)
  const schema = configSchema(options.cronProblem)
  const file = await readFileLayer(workspace)
  const base: Layer = { tree: defaults(), place: () => 'default' }
  const under = merge(base.tree, file.tree)
  const environment = environmentLayer(options.env, under, Object.keys(schema.shape))
  const flags: Layer = { tree: options.overrides ?? {}, place: () => 'flag' }

  const merged = merge(merge(under, environment.layer.tree), flags.tree)
  const layers: Layers = { layers: [base, file, environment.layer, flags], file, merged }
  const result = schema.safeParse(merged)
  const faults = describeFaults(result.error?.issues ?? [], layers)
  if (!result.success || faults.length > 0) throw invalid(workspace, faults)

  const config = deepFreeze(toConfig(workspace, result.data))
  return {
    config,
    sources: Object.freeze(Object.fromEntries(sourcesOf(config, layers.layers))),
    notices: environment.notices,
  }
}

function invalid(workspace: string, faults: readonly string[]): ZafraError {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`
  const file = join(workspace, CONFIG_FILE)
  return new ZafraError('config', [`${count} in the configuration (${file}):`, ...faults].join('\n  '))
}

function toConfig(workspace: string, settings: z.output<ReturnType<typeof configSchema>>): Config {
  const { api, database, paths, ...rest } = settings
  const absolute = (path: string) => resolve(workspace, path)
  return {
    ...rest,
    workspace,
    api: { ...api, socket: api.socket === null ? null : absolute(api.socket) },
    database: {
      ...database,
      path: absolute(database.path),
      backup_dir: absolute(database.backup_dir),
    },
    paths: {
      data: absolute(paths.data),
      urls: absolute(paths.urls),
      logs: absolute(paths.logs),
      codes: absolute(paths.codes),
    },
  }
}

function sourcesOf(value: unknown, layers: readonly Layer[], path: string[] = []): [string, string][] {
  if (isTree(value)) {
    return Object.entries(value).flatMap(([key, inner]) => sourcesOf(inner, layers, [...path, key]))
  }
  return [[path.join('.'), setter(layers, path)?.place(path) ?? 'default']]
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze)
    Object.freeze(value)
  }
  return value
}
