import { randomUUID } from 'node:crypto'
import { addDays } from '../../../src/platform/clock.ts'
import {
  controlCampaign,
  decideCampaign,
  listCampaigns,
  readCampaign,
  submitCampaign,
} from '../../../src/rooms/campaign/contract/campaign.ts'
import { aCampaign, aRunning } from '../../../src/rooms/campaign/sample-campaign.ts'
import { installShippedCampaigns, noteDate } from '../../../src/rooms/campaign/server/index.ts'
import {
  closeComplaint,
  getComplaint,
  listComplaints,
  recordComplaint,
} from '../../../src/rooms/complaint/contract/complaint.ts'
import { changeRules, getRules } from '../../../src/rooms/message/contract/rule.ts'
import { aTemplate, publish, setWebAddress } from '../../../src/rooms/message/sample.ts'
import { setManualTag } from '../../../src/rooms/tag/contract/tag.ts'
import { living, type Deed } from './acts.ts'
import type { Clinic } from './clinic.ts'

/** Of a promotional campaign so many in a hundred get nothing. */
export const HELD_OUT_PERCENT = 25
/** A clinic that promotes more than Peiban would by itself, so that its share is met in the year. */
const SHARE = { percent: 34, days: 30 }
/** On this day of each month a campaign begins at night. */
export const LATE_DAY = 13
const CAPS = { day: 1, week: 1, month: 3 }

const send = (id: string, template: string, values: Record<string, string> = {}, validHours = 60) =>
  ({ id, kind: 'send', template, values, validHours }) as never

/** Journeys that come with Peiban, all of them started, and three of the house's own: a trial, a rival of it, birthdays. */
export async function startCampaigns(clinic: Clinic): Promise<void> {
  const { house, ask, lead } = clinic
  await house.write(installShippedCampaigns)
  // A promotion by mail says how to be rid of it, by a link.
  await setWebAddress(house, 'https://peiban.example')
  const editor = await house.as('content-editor', { name: '内容小林' })
  const reviewer = await house.as('medical-reviewer', { name: '审核老王' })
  for (const { id } of (await editor.call(listCampaigns)).rows) {
    const params = { campaignId: id }
    const { revision } = (await editor.call(readCampaign, { params })).open!
    await editor.call(submitCampaign, { params, body: { revision } })
    await reviewer.call(decideCampaign, { params, body: { revision, approve: true } })
    await lead.call(controlCampaign, { params, body: { act: 'start' } })
  }
  const { current } = await lead.call(getRules)
  const policy = { ...current.policy, holdoutPercent: HELD_OUT_PERCENT, share: SHARE }
  const caps = { ...policy.caps, promotion: CAPS }
  const body = { policy: { ...policy, caps }, version: current.version, because: '今年试一试活动有没有用' }
  if (!(await ask(lead, changeRules, { body }))) throw new Error('the rules of sending were refused')
  for (const code of ['walk-one', 'walk-two', 'health-fair'])
    await publish(
      house,
      aTemplate({ code, purpose: 'promotion', topic: 'activities', channels: ['in-app', 'email'] } as never),
    )
  const anybody = { age: { op: '>=' as const, years: 18 } }
  await aRunning(
    house,
    aCampaign({
      name: { zh: '健走小组：哪封信更有人看', en: 'Walking group: which letter is read' },
      audience: anybody,
      trigger: { kind: 'monthly', dayOfMonth: 12, clock: '10:00' },
      path: [
        {
          id: 'which',
          kind: 'trial',
          arms: [
            { name: '甲', share: 50, path: [send('one', 'walk-one')] },
            { name: '乙', share: 50, path: [send('two', 'walk-two')] },
          ],
        },
        { id: 'some-days', kind: 'wait', until: { after: { days: 9, hours: 0 } } },
        send('again', 'walk-two'),
      ] as never,
    }),
  )
  await aRunning(
    house,
    aCampaign({
      name: { zh: '社区健康集市', en: 'Health fair' },
      audience: anybody,
      // So late that it waits for the morning, where it meets the other.
      trigger: { kind: 'monthly', dayOfMonth: LATE_DAY, clock: '21:00' },
      // Of two invitations in a week the second waits; it is worth that long.
      path: [send('fair', 'health-fair', {}, 240)],
    }),
  )
  await aRunning(
    house,
    aCampaign({
      name: { zh: '生日问候', en: 'Birthdays' },
      audience: { birthday: { calendar: 'solar', inDays: { from: 0, to: 0 } } } as never,
      trigger: { kind: 'begins', again: 'yearly' },
      path: [
        send('wish', 'festival-greeting', {
          dayName: '生日',
          dayNameEn: 'your birthday',
          words: '祝您这一岁平平安安。',
          wordsEn: 'A good year to you.',
        }),
      ],
    }),
  )
}

const short = (id: string) => id.slice(-6)

const mourn: Deed = async (clinic) => {
  const patientId = living(clinic)
  if (!patientId) return undefined
  const params = { patientId: patientId as never }
  const done = await clinic.ask(await clinic.nurseOf(patientId), setManualTag, {
    params,
    body: { code: 'bereaved', note: '老伴走了', days: 365 },
  })
  if (!done) return undefined
  if (!clinic.memory.mourning.has(patientId)) clinic.memory.mourning.set(patientId, clinic.house.clock.now())
  return short(patientId)
}

/** Somebody complains, or what somebody complained of is settled. */
const complain: Deed = async (clinic) => {
  const { ask, dice, memory, nurses, house } = clinic
  const now = house.clock.now()
  const today = house.clock.today(house.tenant.timeZone)
  const who = dice.one(nurses)!
  const open = dice.happens(0.5)
    ? dice.one((await ask(clinic.lead, listComplaints, { query: {} }))?.rows ?? [])
    : undefined
  if (open) {
    const params = { complaintId: open.id }
    const view = await ask(clinic.lead, getComplaint, { params })
    if (!view) return undefined
    const body = { outcome: 'explained' as const, text: '说明了情况，本人接受', version: view.version }
    if (!(await ask(clinic.lead, closeComplaint, { params, body }))) return undefined
    const kept = memory.complaints.find(({ id, until }) => id === open.id && until === null)
    if (kept) kept.until = now
    return `closed ${short(open.id)}`
  }
  const patientId = living(clinic)
  if (!patientId) return undefined
  const told = await ask(who, recordComplaint, {
    params: { patientId: patientId as never },
    body: {
      key: randomUUID(),
      category: 'waiting',
      channel: 'phone',
      words: '等了一个多小时',
      speaker: 'person',
      relation: '',
      receivedOn: today,
      ownerId: who.staffId as never,
      dueOn: addDays(today, 5),
    },
  })
  if (!told) return undefined
  memory.complaints.push({ id: told.complaintId, patientId, since: now, until: null })
  return short(patientId)
}

/** An appointment is made, moved or called off, as the room that keeps them tells it. */
const appoint: Deed = async (clinic) => {
  const { dice, house, memory } = clinic
  const now = house.clock.now()
  const known = memory.appointments.filter(({ at }) => at > now)
  const moved = dice.happens(0.4) ? dice.one(known) : undefined
  const patientId = moved?.patientId ?? living(clinic)
  if (!patientId || memory.dead.has(patientId)) return undefined
  const isOff = moved !== undefined && dice.happens(0.3)
  const at = new Date(now.getTime() + dice.from(2, 12) * 86_400_000 + dice.from(-3, 3) * 3_600_000)
  const key = moved?.key ?? `visit-${memory.appointments.length}`
  await house.write((ctx) => noteDate(ctx, { patientId, kind: 'appointment', key, at: isOff ? null : at }))
  if (moved) {
    moved.at = isOff ? new Date(0) : at
    moved.changedAt = now
  } else memory.appointments.push({ key, patientId, at, changedAt: now })
  return `${isOff ? 'off' : moved ? 'moved' : 'made'} ${key} ${short(patientId)}`
}

/** Whoever keeps the campaigns: one is paused for a while; what the house paused because it was away goes on. */
const control: Deed = async ({ ask, dice, lead }) => {
  const list = await ask(lead, listCampaigns)
  const paused = (list?.rows ?? []).filter(({ state }) => state === 'paused')
  if (paused.length > 0) {
    const missed = dice.happens(0.5) ? 'send' : 'leave-out'
    for (const { id } of paused)
      await ask(lead, controlCampaign, { params: { campaignId: id }, body: { act: 'resume', missed } })
    return `${paused.length} resumed, ${missed}`
  }
  const running = dice.one((list?.rows ?? []).filter(({ state }) => state === 'running'))
  if (!running) return undefined
  await ask(lead, controlCampaign, { params: { campaignId: running.id }, body: { act: 'pause' } })
  return `${running.name.zh} paused`
}

export const CAMPAIGN_DEEDS: readonly (readonly [number, string, Deed])[] = [
  [1, 'mourning', mourn],
  [1.2, 'complaint', complain],
  [2, 'appointment', appoint],
  [1, 'campaigns', control],
]
