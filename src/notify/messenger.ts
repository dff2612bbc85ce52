import type { Clock } from '../domain/clock.ts'
import type { ChannelConfig, Config } from '../domain/config.ts'
import { reason } from '../domain/error.ts'
import type { Messenger, Sent } from '../domain/notice.ts'
import { safe } from '../domain/safe.ts'
import { sendEmail } from './email.ts'
import { runProgram } from './exec.ts'
import { ping } from './ping.ts'
import { maskSecrets, missingVariables } from './secrets.ts'
import type { Sending } from './sending.ts'
import { sendSlack } from './slack.ts'
import { sendWebhook } from './webhook.ts'

/** Seconds for one try, where the channel has no word on it. */
const TIMEOUT = 15
const LONGEST_REASON = 300

/**
 * Sends through the channels of the configuration. What it says of a failure has passed `safe`, and no secret is in it.
 * @param env where the secrets are
 */
export function createMessenger(
  { notify, workspace }: Pick<Config, 'notify' | 'workspace'>,
  { clock, env }: { clock: Clock; env: Sending['env'] },
): Messenger {
  return {
    async send(delivery, stop) {
      const channel = Object.hasOwn(notify.channels, delivery.channel)
        ? notify.channels[delivery.channel]
        : undefined
      if (!channel) return refused(`zafra.yaml has no channel ${delivery.channel}`, true)
      const missing = missingVariables(channel, env)
      if (missing.length > 0) return refused(`the environment lacks ${missing.join(', ')}`)
      const seconds = channel.type === 'exec' ? channel.timeout : TIMEOUT
      const late = new AbortController()
      const inTime = clock.after(seconds * 1000, () => late.abort(new Error(`no answer in ${seconds} s`)))
      const signal = stop ? AbortSignal.any([late.signal, stop]) : late.signal
      const mask = maskSecrets(channel, env)
      try {
        // What is over before it begins is not begun: a program would hear of it only from then on.
        signal.throwIfAborted()
        const sent = await sendBy(channel, { delivery, env, workspace, now: clock.now(), signal })
        return sent.sent ? sent : { ...sent, reason: plain(mask, sent.reason) }
      } catch (error) {
        return refused(plain(mask, signal.aborted ? reason(signal.reason) : why(error)))
      } finally {
        inTime()
      }
    },
  }
}

function sendBy(channel: ChannelConfig, sending: Sending): Promise<Sent> {
  switch (channel.type) {
    case 'webhook':
      return sendWebhook(channel, sending)
    case 'slack':
      return sendSlack(channel, sending)
    case 'email':
      return sendEmail(channel, sending)
    case 'exec':
      return runProgram(channel, sending)
    case 'ping':
      return ping(channel, sending)
  }
}

function refused(message: string, final = false): Sent {
  return { sent: false, reason: message, final, wait_s: null }
}

/** `fetch` says only that it failed; why is in the cause. */
function why(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? reason(error.cause) : reason(error)
}

function plain(mask: (text: string) => string, text: string): string {
  return mask(safe(mask(text))).slice(0, LONGEST_REASON)
}
