import type { Agent, request } from 'node:http'
import type { Environment } from './settings.ts'

export interface Transport {
  agent: Agent
  request: typeof request
}

/** How to ask by http and by https, connections kept; through the proxies of `proxyEnv` if there is one. */
export class Transports {
  readonly #known = new Map<string, Transport>()
  readonly #proxyEnv: Environment | undefined

  constructor(proxyEnv?: Environment) {
    this.#proxyEnv = proxyEnv
  }

  /** Loaded when it is first needed, and not by `import`, which would load all that `fetch` is made of: half of a start. */
  to(protocol: string): Transport {
    const known = this.#known.get(protocol)
    if (known) return known
    const { Agent, request } =
      protocol === 'https:' ? process.getBuiltinModule('node:https') : process.getBuiltinModule('node:http')
    const proxyEnv = this.#proxyEnv
    const fresh = { agent: new Agent({ keepAlive: true, ...(proxyEnv && { proxyEnv }) }), request }
    this.#known.set(protocol, fresh)
    return fresh
  }
}
