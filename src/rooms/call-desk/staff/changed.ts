import type { Endpoint } from '../../../platform/contract/index.ts'
import { CHANGED_BY_ACT } from '../../follow-up/staff/words.ts'
import { getDesk } from '../contract/desk.ts'
import { listBlocks } from '../contract/do-not-call.ts'
import { getSession } from '../contract/session.ts'

/** What any act of the desk may change. */
export const CHANGED: readonly Pick<Endpoint, 'name'>[] = [getDesk, getSession, listBlocks, ...CHANGED_BY_ACT]
