import { missingVariables } from '../../notify/index.ts'
import type { Check } from './examine.ts'

/** The variables with the secrets of the channels are set. Whether they are right shows `zafra notify test`. */
export const checkChannels: Check = ({ config, io }) =>
  Promise.resolve(
    Object.entries(config.notify.channels).flatMap(([name, channel]) =>
      missingVariables(channel, io.env).map((variable) => ({
        message: `channel ${name} needs ${variable}, which is not set in this environment`,
        remedy: `set ${variable}, then: zafra notify test ${name}`,
      })),
    ),
  )
