import { heldBack, type Answer } from '../wechat/answer.ts'
import { listOf, numberOf, textOf, textsOf, type Fields } from '../wechat/call.ts'
import { mapped } from '../wechat/service-account.ts'
import { attachmentFields, contentProblem, type Content } from './content.ts'
import type { CorpCall } from './corp.ts'

/**
 * 企业群发: what is made here is a task. Nothing reaches a customer before the member of staff has confirmed it on their
 * own phone; whether they have, and what came of it, has to be asked.
 * Source: developer.work.weixin.qq.com/document/path/92135, 93338, 97610, 97611 (read 2026-11).
 */
export interface MassMessages {
  create(task: NewTask): Promise<Answer<CreatedTask>>
  /** Who of the staff has confirmed. */
  confirmations(taskId: string, cursor?: string): Promise<Answer<Page<Confirmation>>>
  /** What became of it with each customer of a member of staff. */
  results(taskId: string, staffUserId: string, cursor?: string): Promise<Answer<Page<MassResult>>>
  /** Asks the staff once more; at most three times in 24 hours, which is looked at first. */
  remind(taskId: string, before: readonly Date[], now: Date): Promise<Answer<null>>
  /** What nobody has confirmed yet is not sent any more. */
  cancel(taskId: string): Promise<Answer<null>>
}

export interface NewTask extends Content {
  /** Up to 10,000 customers. */
  externalIds: readonly string[]
  /** Whose task it is; without it each customer's goes to whoever talked to them last. */
  staffUserId?: string
}

export interface CreatedTask {
  taskId: string
  /** Customers who cannot be reached: they are nobody's contact any more. */
  unreachable: string[]
}

export interface Confirmation {
  staffUserId: string
  confirmed: boolean
  at: Date | null
}

/** `limit`: the customer has had as many as the platform lets one have. */
export type MassOutcome = 'waiting' | 'delivered' | 'no-contact' | 'limit'

export interface MassResult {
  externalId: string
  outcome: MassOutcome
  at: Date | null
}

export interface Page<T> {
  rows: T[]
  next: string | null
}

const OUTCOMES: readonly MassOutcome[] = ['waiting', 'delivered', 'no-contact', 'limit']
const REMINDERS_MAX = 3
const CUSTOMERS_MAX = 10_000
const DAY_MS = 86_400_000

export function massMessages(call: CorpCall): MassMessages {
  return {
    async create({ externalIds, staffUserId, ...content }) {
      if (externalIds.length < 1 || externalIds.length > CUSTOMERS_MAX)
        return heldBack('content', `a task is for 1 to ${CUSTOMERS_MAX} customers`)
      const problem = contentProblem(content)
      if (problem) return heldBack('content', problem)
      const answer = await call({
        path: '/cgi-bin/externalcontact/add_msg_template',
        body: { chat_type: 'single', external_userid: externalIds, sender: staffUserId, ...attachmentFields(content) },
      })
      return mapped(answer, (fields) => ({
        taskId: textOf(fields, 'msgid'),
        unreachable: textsOf(fields, 'fail_list'),
      }))
    },
    async confirmations(taskId, cursor) {
      const answer = await call({
        path: '/cgi-bin/externalcontact/get_groupmsg_task',
        body: { msgid: taskId, limit: 500, cursor },
      })
      return mapped(answer, (fields) =>
        pageOf(fields, 'task_list', (one) => ({
          staffUserId: textOf(one, 'userid'),
          confirmed: numberOf(one, 'status') === 2,
          at: instantOf(one),
        })),
      )
    },
    async results(taskId, staffUserId, cursor) {
      const answer = await call({
        path: '/cgi-bin/externalcontact/get_groupmsg_send_result',
        body: { msgid: taskId, userid: staffUserId, limit: 500, cursor },
      })
      return mapped(answer, (fields) =>
        pageOf(fields, 'send_list', (one) => ({
          externalId: textOf(one, 'external_userid'),
          outcome: OUTCOMES[numberOf(one, 'status')] ?? 'waiting',
          at: instantOf(one),
        })),
      )
    },
    async remind(taskId, before, now) {
      const recent = before.filter((at) => now.getTime() - at.getTime() < DAY_MS)
      if (recent.length >= REMINDERS_MAX) return heldBack('limit-reached', 'reminded three times within a day')
      return mapped(
        await call({ path: '/cgi-bin/externalcontact/remind_groupmsg_send', body: { msgid: taskId } }),
        () => null,
      )
    },
    cancel: async (taskId) =>
      mapped(
        await call({ path: '/cgi-bin/externalcontact/cancel_groupmsg_send', body: { msgid: taskId } }),
        () => null,
      ),
  }
}

function pageOf<T>(fields: Fields, name: string, read: (one: Fields) => T): Page<T> {
  return { rows: listOf(fields, name).map(read), next: textOf(fields, 'next_cursor') || null }
}

function instantOf(one: Fields): Date | null {
  const seconds = numberOf(one, 'send_time')
  return seconds > 0 ? new Date(seconds * 1000) : null
}
