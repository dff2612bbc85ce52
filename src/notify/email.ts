import type { ChannelConfig } from '../domain/config.ts'
import type { Sent } from '../domain/notice.ts'
import { secret } from './secrets.ts'
import type { Sending } from './sending.ts'
import { textOf, titleOf } from './text.ts'

/** SMTP answers from here on mean that the message itself is not wanted (source: RFC 5321, 4.2.1); 5.7 is about us. */
const REFUSED_MESSAGE: ReadonlySet<number> = new Set([552, 554])

/** Plain text by SMTP (`smtp://user:password@host:587`); the message id is the same at every try. @throws what the library throws */
export async function sendEmail(
  channel: Extract<ChannelConfig, { type: 'email' }>,
  { delivery, env, signal }: Sending,
): Promise<Sent> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(secret(env, channel.smtp_env) ?? '')
  try {
    await transport.sendMail({
      from: channel.from,
      to: [...channel.to],
      subject: titleOf(delivery.notice),
      text: textOf(delivery.notice) || titleOf(delivery.notice),
      messageId: `<${delivery.id}@zafra.invalid>`,
      headers: { 'X-Zafra-Delivery': delivery.id, 'Auto-Submitted': 'auto-generated' },
      // No text of ours names a file or an address to be read, and none may come to.
      disableFileAccess: true,
      disableUrlAccess: true,
      signal,
    })
    return { sent: true }
  } catch (error) {
    if (signal.aborted) throw error
    const message = error instanceof Error ? error.message : String(error)
    return { sent: false, reason: message, final: isRefusal(error), wait_s: null }
  } finally {
    transport.close()
  }
}

function isRefusal(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return false
  const atData = 'command' in error && error.command === 'DATA'
  return atData && REFUSED_MESSAGE.has(Number(error.responseCode))
}
