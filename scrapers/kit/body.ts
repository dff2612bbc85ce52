import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { Failure } from './failure.ts'

/** No page of a portal comes near this; what does is an attack or a mistake. */
export const MAX_BODY_BYTES = 16 * 2 ** 20
/** How often a server and the proxies before it pack one body over again without saying so. */
const MAX_UNDECLARED = 3

const LIMIT = { maxOutputLength: MAX_BODY_BYTES }
const gunzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip)
const inflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflate)
const inflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.inflateRaw)
const unbrotli = promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliDecompress)

/** Not in every Node that we run in. */
const unzstd =
  'zstdDecompress' in zlib ? promisify<Buffer, zlib.ZstdOptions, Buffer>(zlib.zstdDecompress) : undefined

type Unpack = (body: Buffer) => Promise<Buffer>

const UNPACK: Readonly<Record<string, Unpack>> = {
  identity: (body) => Promise.resolve(body),
  // A body that only claims to be packed is taken as it is.
  gzip: (body) => (isGzip(body) ? gunzip(body, LIMIT) : Promise.resolve(body)),
  // By its definition it has a zlib header; many servers leave that out.
  deflate: (body) => (hasZlibHeader(body) ? inflate(body, LIMIT) : inflateRaw(body, LIMIT)),
  br: (body) => unbrotli(body, LIMIT),
  ...(unzstd && { zstd: (body: Buffer) => unzstd(body, LIMIT) }),
}

/**
 * The body that a Content-Encoding stands for: its codings undone from the last to the first, and any gzip that is still
 * there and that no header names.
 * @throws Failure `transient` for a body that is cut or damaged, `input` for an unknown coding and for one too large
 */
export async function unpacked(
  packed: Buffer,
  contentEncoding: string | undefined,
  url: URL,
): Promise<Buffer> {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
  let body = packed
  for (const coding of codings.filter(Boolean).toReversed()) {
    // An empty body is none, whatever it is said to be packed with.
    if (body.length > 0) body = await undo(coding.replace(/^x-/, ''), body, url)
  }
  for (let times = 0; times < MAX_UNDECLARED && isGzip(body); times += 1) body = await undo('gzip', body, url)
  return body
}

async function undo(coding: string, body: Buffer, url: URL): Promise<Buffer> {
  const unpack = Object.hasOwn(UNPACK, coding) ? UNPACK[coding] : undefined
  if (!unpack) {
    throw new Failure('input', `${url.href} is packed with "${coding}", which nobody here can unpack`, {
      url,
    })
  }
  try {
    return await unpack(body)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(url)
    throw new Failure('transient', `the body (${coding}) is cut or damaged (${code}): ${url.href}`, {
      url,
      cause,
    })
  }
}

export function tooLarge(url: URL): Failure {
  return new Failure('input', `${url.href} is larger than ${MAX_BODY_BYTES} bytes; not read`, { url })
}

function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b && body[2] === 8
}

/** Deflate as its method, and two bytes that are a multiple of 31 (RFC 1950). */
function hasZlibHeader(body: Buffer): boolean {
  return body.length >= 2 && (body[0]! & 0x0f) === 8 && body.readUInt16BE() % 31 === 0
}
