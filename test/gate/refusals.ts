import { expect } from 'vitest'
import { addEncounter } from '../../src/rooms/observation/server/index.ts'
import { importHolidays } from '../../src/rooms/message/contract/holiday.ts'
import { approveMessage, setPreference } from '../../src/rooms/message/contract/message.ts'
import { setMyWish } from '../../src/rooms/message/contract/own.ts'
import type { Topic } from '../../src/rooms/message/contract/topic.ts'
import { changeRules, getRules, type MessagePolicy } from '../../src/rooms/message/contract/rule.ts'
import { addSuppression } from '../../src/rooms/message/contract/suppression.ts'
import type { TemplateDefinitionInput } from '../../src/rooms/message/contract/template.ts'
import {
  FAMILIES,
  type Channel,
  type HoldKind,
  type MessageState,
  type Purpose,
  type Reason,
} from '../../src/rooms/message/contract/words.ts'
import { isHeldOut } from '../../src/rooms/message/server/rules/holdout.ts'
import { alarmOfMissingYears } from '../../src/rooms/message/server/holiday.ts'
import { holdPromotion, sendMessages } from '../../src/rooms/message/server/index.ts'
import { putConsent, setWebAddress } from '../../src/rooms/message/sample.ts'
import { changePatient, getPatient, markDeceased } from '../../src/rooms/patient/contract/patient.ts'
import { listNotices } from '../../src/rooms/message/contract/notice.ts'
import { setTag } from './ways.ts'
import { COMPARED, inForce, type PersonOptions, type Somebody, type Words, type World } from './world.ts'

/** One line of the gate: what stands against a message, in which order the world has to be told of it, and what it says. */
export interface Refusal {
  what: string
  purpose: Purpose
  reason: Reason
  state: MessageState
  /** Of the template; all channels by default. */
  template?: Partial<TemplateDefinitionInput> & Words
  /** Channels for which it does not hold, and why. */
  spares?: Partial<Record<Channel, string>>
  /** The day, the place, the rules: for everybody. */
  moment?: (world: World) => Promise<unknown> | unknown
  /** Of one of the two people; the other is told the same at the same moment, and it goes. */
  holds?: (world: World, who: Somebody) => Promise<unknown>
  /** What the other one has instead. */
  other?: (world: World, who: Somebody) => Promise<unknown>
  /** The person as registered. */
  person?: PersonOptions
  /** It comes up after the message was asked for, before it is handed over. */
  between?: true
  /** Two people of whom it decides. */
  pair?: (world: World, campaign: string) => Promise<[held: Somebody, other: Somebody]>
  /** It is over: what waited goes out by itself. Without it what was held stays so. */
  over?: (world: World, who: Somebody) => Promise<unknown> | unknown
  /** For everybody there is: mended, the next message goes. */
  mended?: (world: World) => Promise<unknown>
  /** Marketing is refused, care goes on. */
  careGoes?: true
  /** What cannot wait goes all the same. */
  urgentGoes?: true
}

const IN_HOUSE = { 'in-app': 'the person’s own place, where they look when they want to' }
const SENT_BEFORE = { 'in-app': 'was there before it came up' }

export async function setRules({ house }: World, over: Partial<MessagePolicy>): Promise<void> {
  const lead = await house.as('quality-lead')
  const { current } = await lead.call(getRules)
  const body = { policy: { ...current.policy, ...over }, version: current.version, because: '测试' }
  await lead.call(changeRules, { body })
}

const at = (instant: string) => (world: World) => world.house.clock.set(instant)
const hold = (kind: HoldKind) => (world: World, who: Somebody) =>
  world.house.write((ctx) => holdPromotion(ctx, [{ patientId: who.id, kind, sourceKey: `${kind} ${who.id}` }]))

let count = 0
/**
 * Other messages they had today. None that waits for a member of staff to confirm it: it may be told at any moment, and
 * counts when its time is up.
 */
const told =
  (n: number, purpose: Purpose = 'care') =>
  async (world: World, who: Somebody) => {
    const code = await inForce(world, purpose, { code: `before-${purpose}`, channels: ['email', 'sms'], ladder: [] })
    const touches = Array.from({ length: n }, () => `before:${++count}`)
    await world.house.write((ctx) =>
      sendMessages(
        ctx,
        touches.map((touch) => ({ patientId: who.id, template: code, touch })),
      ),
    )
    await world.send()
  }
/** So many days before, so that no limit of a day has to do with it. */
const toldDaysAgo = (n: number, days: number) => async (world: World, who: Somebody) => {
  const now = world.house.clock.now()
  world.house.clock.set(new Date(now.getTime() - days * 86_400_000).toISOString())
  await told(n)(world, who)
  world.house.clock.set(now.toISOString())
}

/** One promotion beside them is one in five. No day holds more than three. */
const toldFourTimes = async (world: World, who: Somebody) => {
  await toldDaysAgo(2, 4)(world, who)
  await toldDaysAgo(2, 3)(world, who)
}

const suppress =
  (reason: 'asked' | 'complained' | 'bounced') =>
  async (world: World, { email, phone }: Somebody) => {
    const lead = await world.house.as('quality-lead')
    await lead.call(addSuppression, { body: { channel: 'email', address: email, reason } as never })
    await lead.call(addSuppression, { body: { channel: 'sms', address: phone, reason } as never })
  }
const byAddress = { channels: ['in-app', 'email', 'sms'] as Channel[], ladder: [] }

/** Days off of a whole year, as the State Council announces them. */
const daysOff = (year: number) =>
  ['01-01', '02-05', '02-06', '02-07', '02-08', '04-05', '05-01', '06-09', '09-15', '10-01', '10-02']
    .map((day) => `${year}-${day},休,节日`)
    .join('\n')
let year = 2026

const child = { birthDate: '2018-01-01', source: 'interface' } as const
const guardian = { relation: 'mother', name: '妈妈', phone: '13911112222' } as const
const change = async ({ house }: World, who: Somebody, changes: object) => {
  const manager = await house.as(['service-manager', 'quality-lead'])
  await house.house.databases
    .of(house.tenant.id)
    .updateTable('patient')
    .set({ manager_id: manager.staffId })
    .where('id', '=', who.id)
    .execute()
  const params = { patientId: who.id as never }
  const { version } = await manager.call(getPatient, { params })
  await manager.call(changePatient, { params, body: { version, changes } })
  await house.settle()
}

export const PERSONAL: [Reason, string][] = [
  ['national-id', '51343620000320711X'],
  ['insurance-number', '医保号 A12345678'],
  ['mobile', '13800138000'],
  ['bank-card', '6217 0000 1000 0129'],
  ['lab-value', '血糖 6.8 mmol/L'],
]

const ofWords = PERSONAL.map(([reason, say]): Refusal => ({
  what: `words that hold ${reason}`,
  purpose: 'care',
  reason,
  state: 'blocked',
  template: { say },
  mended: async (world) => void (await inForce(world, 'care')),
}))

const byApproval: Refusal = {
  what: 'a subject that names a disease, until a second person lets it go',
  purpose: 'care',
  reason: 'disease-in-subject',
  state: 'blocked',
  template: { subject: '糖尿病科普讲座', channels: ['in-app', 'email'], ladder: [] },
  mended: async (world) => void (await inForce(world, 'care', { channels: ['in-app', 'email'], ladder: [] })),
  over: async (world, who) => {
    const doctor = await world.carerOf(who.id, 'physician')
    for (const row of await world.ledger(who, 'bp-remeasure'))
      await doctor.call(approveMessage, {
        params: { messageId: row.id as never },
        body: { because: '讲座名称，不是本人的病' },
      })
  },
}

/** As the person does it on their own page; the link at the end of a mail comes to the same. */
function refuseTopic(topic: Topic) {
  return async ({ house }: World, who: Somebody) => {
    const own = await house.asPatient(who.id)
    await own.call(setMyWish, { body: { topics: [topic], channels: [...FAMILIES], optedOut: true } })
  }
}

export const REFUSALS: Refusal[] = [
  {
    what: 'no consent to promotion',
    purpose: 'promotion',
    reason: 'consent-missing',
    state: 'suppressed',
    holds: ({ house }, who) => putConsent(house, who.id, 'promotion', false),
    careGoes: true,
  },
  {
    what: 'no consent to messages of service',
    purpose: 'service',
    reason: 'consent-withheld',
    state: 'suppressed',
    holds: ({ house }, who) => putConsent(house, who.id, 'service-messages', false),
    spares: IN_HOUSE,
  },
  {
    what: 'care refused by every channel',
    purpose: 'care',
    reason: 'opted-out',
    state: 'suppressed',
    holds: async (world, who) => {
      const carer = await world.carerOf(who.id)
      for (const channel of FAMILIES)
        await carer.call(setPreference, {
          params: { patientId: who.id as never },
          body: { purpose: 'care', channel, optedOut: true },
        })
    },
  },
  {
    what: 'a topic of their own care refused by every channel',
    purpose: 'care',
    reason: 'opted-out',
    state: 'suppressed',
    holds: refuseTopic('follow-up'),
    urgentGoes: true,
  },
  {
    what: 'activities refused by every channel',
    purpose: 'promotion',
    reason: 'opted-out',
    state: 'suppressed',
    holds: refuseTopic('activities'),
    careGoes: true,
  },
  ...(
    [
      ['asked', 'address-suppressed', 'suppressed'],
      ['complained', 'complained', 'suppressed'],
      ['bounced', 'address-unknown', 'failed'],
    ] as const
  ).map(([why, reason, state]): Refusal => ({
    what: `an address that gets nothing: ${why}`,
    purpose: 'care',
    reason,
    state,
    // An account with WeChat is nobody's to suppress: there the person takes the right back (`no-right`).
    template: byAddress,
    holds: suppress(why),
    spares: IN_HOUSE,
  })),
  {
    // Asked for afterwards nothing comes of it by any way: lists and journeys leave the dead out, pages offer nothing.
    what: 'a death that is entered before it is handed over',
    purpose: 'service',
    reason: 'deceased',
    state: 'suppressed',
    between: true,
    holds: async (world, who) =>
      (await world.carerOf(who.id)).call(markDeceased, {
        params: { patientId: who.id as never },
        body: { deceasedOn: '2026-03-01' },
      }),
    spares: SENT_BEFORE,
  },
  {
    what: 'a stay in hospital',
    purpose: 'promotion',
    reason: 'in-hospital',
    state: 'suppressed',
    holds: ({ house }, who) =>
      house.write((ctx) =>
        addEncounter(ctx, {
          patientId: who.id as never,
          class: 'inpatient',
          title: '住院',
          startedAt: new Date('2026-03-01T00:00:00Z'),
          endedAt: new Date('2026-03-05T00:00:00Z'),
          source: 'his',
        } as never),
      ),
    careGoes: true,
  },
  // The rooms of complaints and of crises say so by this door, as the room of alerts does.
  ...(
    [
      ['complaint', 'open-complaint'],
      ['crisis', 'in-crisis'],
      ['alert', 'open-alert'],
    ] as const
  ).map(([kind, reason]): Refusal => ({
    what: `an open ${kind}`,
    purpose: 'promotion',
    reason,
    state: 'suppressed',
    holds: hold(kind),
    careGoes: true,
  })),
  {
    what: 'a tag that asks for quiet',
    purpose: 'promotion',
    reason: 'quiet-tag',
    state: 'suppressed',
    holds: (world, who) => setTag(world, who.id, 'do-not-disturb'),
    careGoes: true,
  },
  {
    what: 'a child without a guardian',
    purpose: 'care',
    reason: 'guardian-missing',
    state: 'planned',
    template: byAddress,
    person: child,
    over: async (world, who) => {
      await change(world, who, { guardian: { ...guardian, email: who.email, phone: who.phone } })
    },
  },
  {
    what: 'a child whose guardian has no mail address',
    purpose: 'care',
    reason: 'guardian-address-missing',
    state: 'planned',
    template: { channels: ['in-app', 'email'], ladder: [] },
    person: { ...child, guardian },
    over: (world, who) => change(world, who, { guardian: { ...guardian, email: who.email } }),
    spares: IN_HOUSE,
  },
  {
    what: 'the night',
    purpose: 'care',
    reason: 'quiet-hours',
    state: 'planned',
    moment: at('2026-03-02T15:00:00Z'),
    over: at('2026-03-03T01:00:00Z'),
    spares: IN_HOUSE,
    urgentGoes: true,
  },
  {
    what: 'the early morning of the hospital’s own time zone, when it is day in Beijing',
    purpose: 'care',
    reason: 'quiet-hours',
    state: 'planned',
    moment: async (world) => {
      world.tenant = { ...world.tenant, timeZone: 'Asia/Urumqi' }
      world.house.clock.set('2026-03-02T00:30:00Z')
    },
    // Ten in the evening in Beijing, and eight there.
    over: at('2026-03-02T14:00:00Z'),
    spares: IN_HOUSE,
    urgentGoes: true,
  },
  {
    what: 'a day off by law',
    purpose: 'promotion',
    reason: 'holiday',
    state: 'planned',
    moment: at('2026-02-17T02:00:00Z'),
    over: at('2026-02-24T02:00:00Z'),
    spares: IN_HOUSE,
    careGoes: true,
  },
  {
    what: 'a year whose days off nobody has read in, with its alarm',
    purpose: 'promotion',
    reason: 'holidays-unknown',
    state: 'planned',
    moment: async ({ house }) => {
      house.clock.set(`${++year}-03-01T02:00:00Z`)
      const lead = await house.as('quality-lead')
      expect(await alarmOfMissingYears(house.house, house.tenant)).toEqual([year])
      const { rows } = await lead.call(listNotices)
      expect(rows.map(({ title, text }) => title + text).join()).toContain(String(year))
    },
    over: async ({ house }) => {
      const body = { text: daysOff(year), source: '国办发明电' }
      await (await house.as('quality-lead')).call(importHolidays, { body })
      expect(await alarmOfMissingYears(house.house, house.tenant)).toEqual([])
    },
    spares: IN_HOUSE,
    careGoes: true,
  },
  {
    what: 'three today already',
    purpose: 'care',
    reason: 'daily-limit',
    state: 'planned',
    // By mail and short message; a fourth by WeChat is one too many as well.
    holds: told(3),
    over: at('2026-03-03T03:00:00Z'),
    spares: IN_HOUSE,
    urgentGoes: true,
  },
  {
    what: 'a promotion this week already',
    purpose: 'promotion',
    reason: 'daily-limit',
    state: 'planned',
    holds: told(1, 'promotion'),
    over: at('2026-03-09T03:00:00Z'),
    spares: IN_HOUSE,
    careGoes: true,
  },
  {
    what: 'a share of promotion beyond one in five (S0-54)',
    purpose: 'promotion',
    reason: 'promotion-share',
    state: 'planned',
    moment: (world) => setRules(world, { share: { percent: 20, days: 30 } }),
    other: toldFourTimes,
    over: async (world, who) => {
      await toldFourTimes(world, who)
      world.house.clock.set('2026-03-03T02:00:00Z')
    },
    spares: IN_HOUSE,
    careGoes: true,
  },
  {
    what: 'the comparison group',
    purpose: 'promotion',
    reason: 'holdout',
    state: 'suppressed',
    template: { code: COMPARED },
    moment: (world) => setRules(world, { holdoutPercent: 50 }),
    pair: async (world, campaign) => {
      const found: { held?: Somebody; other?: Somebody } = {}
      while (!found.held || !found.other) {
        const who = await world.someone()
        found[isHeldOut(campaign, who.id, 50) ? 'held' : 'other'] ??= who
      }
      return [found.held, found.other]
    },
    careGoes: true,
  },
  {
    what: 'the same not long ago',
    purpose: 'care',
    reason: 'too-soon',
    state: 'suppressed',
    template: { daysBetween: 30 },
    holds: async (world, who) => {
      const before = { patientId: who.id, template: 'bp-remeasure', touch: `soon:${++count}` }
      await world.house.write((ctx) => sendMessages(ctx, [before]))
      await world.send()
      world.house.clock.advance({ hours: 1 })
    },
    spares: IN_HOUSE,
  },
  ...ofWords,
  byApproval,
  {
    what: 'a promotion by mail that shows no way to refuse it',
    purpose: 'promotion',
    reason: 'no-way-to-refuse',
    state: 'blocked',
    template: { channels: ['email'], ladder: [] },
    moment: ({ house }) => setWebAddress(house, ''),
    mended: ({ house }) => setWebAddress(house, 'https://care.example.org'),
    careGoes: true,
  },
  {
    what: 'a right that is taken back: unfollowed',
    purpose: 'care',
    reason: 'no-right',
    state: 'failed',
    template: { channels: ['in-app'] },
    holds: async ({ wechat, house }, who) => {
      await wechat.does(who.openId, { act: 'unfollow' })
      await house.settle()
    },
    spares: IN_HOUSE,
  },
  {
    what: 'no address',
    purpose: 'care',
    reason: 'no-address',
    state: 'failed',
    template: byAddress,
    person: { email: undefined, phone: undefined },
    spares: IN_HOUSE,
  },
  {
    what: 'a deadline that has passed',
    purpose: 'care',
    reason: 'too-late',
    state: 'expired',
    template: { validDays: 1 },
    between: true,
    moment: () => {},
    holds: async ({ house }) => {
      house.clock.advance({ days: 31 })
    },
    mended: async () => {},
    spares: SENT_BEFORE,
  },
]
