import { lookup, type LookupAddress } from 'node:dns'
import { lookup as lookupAll } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { Failure } from './failure.ts'

/** Whether an IP address is one of the public internet: not loopback, private, link-local, mapped, reserved … */
export function isPublic(address: string): boolean {
  return ipaddr.process(address).range() === 'unicast'
}

/**
 * Refuses a URL whose host is written as an address that is not public; names are for `publicLookup`.
 * @throws Failure `config`
 */
export function refusePrivateLiteral(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) && !isPublic(host)) throw refusal(host)
}

/** Resolves a name to its public addresses alone. The connection then goes to just those, so nobody can swap them. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [])
    const open = addresses.filter(({ address }) => isPublic(address))
    const first: LookupAddress | undefined = open[0]
    if (!first) return callback(refusal(hostname), [])
    if (options.all) return callback(null, open)
    callback(null, first.address, first.family)
  })
}

/**
 * Refuses a name that means a private address here: for a request through a proxy, which looks the name up once more.
 * A name that only the proxy knows is for the proxy to judge.
 * @throws Failure `config`
 */
export async function refusePrivateName(hostname: string): Promise<void> {
  const addresses = await lookupAll(hostname, { all: true }).catch(() => [])
  if (addresses.some(({ address }) => !isPublic(address))) throw refusal(hostname)
}

/** Whether a host, name or address, leads to the public internet alone. */
export async function isPublicHost(hostname: string): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host)) return isPublic(host)
  const addresses = await lookupAll(host, { all: true }).catch(() => [])
  return addresses.length > 0 && addresses.every(({ address }) => isPublic(address))
}

/** What a private address is answered with. */
export function refusal(host: string): Failure {
  return new Failure(
    'config',
    `${host} is a private address, not reached; set network.allow_private in zafra.yaml if it should be`,
  )
}
