import { group } from '../command.ts'
import { notifyList } from './notify-list.ts'
import { notifyTest } from './notify-test.ts'

export const notify = group('notify', 'whom to tell: the channels of zafra.yaml', [notifyTest, notifyList])
