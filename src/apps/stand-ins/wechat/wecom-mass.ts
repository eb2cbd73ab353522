import { OK, Refused } from './tencent.ts'
import type { Customer } from './wecom-contacts.ts'
import type { WeComOptions } from './wecom.ts'

export interface Task {
  id: string
  text: string
  /** Whose task, and with which customers. */
  shares: Map<string, TaskShare>
  reminded: number[]
  cancelled: boolean
}

interface TaskShare {
  confirmedAt: number
  customers: Map<string, { status: 0 | 1 | 2 | 3; at: number }>
}

type Body = Record<string, unknown>

const DAY_MS = 86_400_000

/** Mass messages: made here, sent by staff, counted per customer and calendar month. */
export function massDesk(options: WeComOptions, customers: ReadonlyMap<string, Customer>) {
  const { clock, massPerMonth = 4 } = options
  const tasks: Task[] = []
  const now = () => clock.now().getTime()
  const monthOf = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 7)
  const find = (body: Body) => {
    const task = tasks.find(({ id }) => id === body['msgid'])
    if (!task) throw new Refused(41047, 'invalid msgid')
    return task
  }
  const inSeconds = (at: number) => (at ? Math.floor(at / 1000) : undefined)

  const create = (body: Body) => {
    const ids = Array.isArray(body['external_userid']) ? body['external_userid'].map(String) : []
    const sender = body['sender'] === undefined ? undefined : String(body['sender'])
    const text = String((body['text'] as Body | undefined)?.['content'] ?? '')
    const attachments = Array.isArray(body['attachments']) ? body['attachments'] : []
    if (text === '' && attachments.length === 0) throw new Refused(44004, 'empty content')
    if (Buffer.byteLength(text) > 4000) throw new Refused(45002, 'content size out of limit')
    if (attachments.length > 9 || ids.length > 10_000) throw new Refused(40058, 'too many')
    if (sender !== undefined && !options.staff.includes(sender)) throw new Refused(40003, 'invalid userid')
    const shares: Task['shares'] = new Map()
    const failed = ids.filter((id) => {
      const staff = customers.get(id)?.staff
      const last = [...(staff ?? [])].toSorted(([, a], [, b]) => b.since - a.since)[0]?.[0]
      const owner = sender === undefined ? last : staff?.has(sender) ? sender : undefined
      if (!owner) return true
      if (!shares.has(owner)) shares.set(owner, { confirmedAt: 0, customers: new Map() })
      shares.get(owner)!.customers.set(id, { status: 0, at: 0 })
      return false
    })
    if (shares.size === 0) throw new Refused(41048, 'no customer to send')
    const task = { id: `msg${tasks.length + 1}`, text, shares, reminded: [], cancelled: false }
    tasks.push(task)
    return { ...OK, fail_list: failed, msgid: task.id }
  }

  const remind = (task: Task) => {
    const recent = task.reminded.filter((at) => now() - at < DAY_MS)
    // The page names the limit, not its code.
    if (recent.length >= 3) throw new Refused(45009, 'api freq out of limit')
    task.reminded.push(now())
    return OK
  }

  const pageOf = <T>(rows: T[], body: Body) => {
    const start = Number(body['cursor'] ?? 0)
    const end = start + Number(body['limit'] ?? 500)
    return { rows: rows.slice(start, end), next: end < rows.length ? String(end) : '' }
  }

  return {
    tasks,
    /** The platform does not keep what was asked for ever. */
    forgets: (taskId: string) => void tasks.splice(0, tasks.length, ...tasks.filter(({ id }) => id !== taskId)),
    answer(action: string, body: Body): object | undefined {
      switch (action) {
        case 'add_msg_template':
          return create(body)
        case 'get_groupmsg_task': {
          const { rows, next } = pageOf([...find(body).shares], body)
          const list = rows.map(([userid, { confirmedAt }]) => ({
            userid,
            status: confirmedAt ? 2 : 0,
            send_time: inSeconds(confirmedAt),
          }))
          return { ...OK, task_list: list, next_cursor: next }
        }
        case 'get_groupmsg_send_result': {
          const share = find(body).shares.get(String(body['userid']))
          if (!share) throw new Refused(40003, 'invalid userid')
          const { rows, next } = pageOf([...share.customers], body)
          const list = rows.map(([external_userid, { status, at }]) => ({
            external_userid,
            userid: body['userid'],
            status,
            send_time: inSeconds(at),
          }))
          return { ...OK, send_list: list, next_cursor: next }
        }
        case 'remind_groupmsg_send':
          return remind(find(body))
        case 'cancel_groupmsg_send':
          find(body).cancelled = true
          return OK
        default:
          return undefined
      }
    },
    confirms(taskId: string, userId: string): void {
      const task = tasks.find(({ id }) => id === taskId)
      const share = task?.shares.get(userId)
      if (!task || !share) throw new Error('not their task')
      if (task.cancelled || share.confirmedAt) return
      share.confirmedAt = now()
      for (const [id, result] of share.customers) {
        const customer = customers.get(id)!
        const isContact = customer.staff.has(userId)
        const got = customer.got.filter(({ kind, at }) => kind === 'mass' && monthOf(at) === monthOf(now())).length
        result.status = !isContact ? 2 : got >= massPerMonth ? 3 : 1
        result.at = now()
        if (result.status === 1) customer.got.push({ at: now(), kind: 'mass', text: task.text })
      }
    },
  }
}
