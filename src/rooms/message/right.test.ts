import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { patientMerged, patientUnmerged } from '../patient/contract/events.ts'
import { linkAccount, noteAct, reachOf, refuseRight, settleRight, takeRight } from './server/right.ts'
import { rungVerdict, type PushChannel, type RightChange } from './server/rules/channel-right.ts'
import { aPatient } from './sample.ts'

const house = await aHouse()
const db = house.house.databases.of(house.tenant.id)
const app = 'wechat:wx0123456789abcdef'
let count = 0

interface Known {
  patientId: string
  address: string
  app: string
}
/** A patient and their account there. */
const known = async (over: { relation?: 'self' | 'guardian'; app?: string } = {}): Promise<Known> => {
  const patientId = await aPatient(house)
  const found = { patientId, address: `o${++count}`, app: over.app ?? app }
  await house.write((ctx) => linkAccount(ctx, { ...found, relation: over.relation ?? 'self' }))
  return found
}
const act = (who: Known, changes: RightChange[], over: { key?: string; at?: Date; own?: boolean } = {}) =>
  house.write((ctx) =>
    noteAct(ctx, {
      app: who.app,
      address: who.address,
      key: `k${++count}`,
      at: house.clock.now(),
      changes,
      own: true,
      ...over,
    }),
  )
const consent = (times: number | null = 1): RightChange => ({
  change: 'grant',
  channel: 'wechat-notice',
  template: 'T1',
  basis: '',
  count: times,
})
const take = (
  who: Known,
  over: { messageId?: string; viaGuardian?: boolean; channel?: PushChannel; template?: string } = {},
) =>
  house.write((ctx) =>
    takeRight(ctx, {
      messageId: ctx.ids.next(),
      patientId: who.patientId,
      viaGuardian: false,
      channel: 'wechat-notice',
      template: 'T1',
      ...over,
    }),
  )
const outcome = (taken: Awaited<ReturnType<typeof take>>) => (taken.kind === 'taken' ? 'taken' : taken.because)
const rights = async (who: Known, viaGuardian = false) => {
  const context = {
    db,
    organizationId: house.tenant.id,
    tenant: house.tenant,
    today: house.clock.today('Asia/Shanghai'),
  }
  return (await reachOf(context, [{ patientId: who.patientId, viaGuardian }])).get(who.patientId)!
}
const left = async (who: Known) => (await rights(who)).rights.map((right) => right.left)
const settle = (messageId: string, as: 'used' | 'given-back') => house.write((ctx) => settleRight(ctx, messageId, as))
const newId = () => house.house.ids.next<string>()

describe('a consent', () => {
  test('is used once, also by many who come at once', async () => {
    const who = await known()
    await act(who, [consent(2)])
    const answers = await Promise.all(Array.from({ length: 6 }, () => take(who)))
    expect(answers.map(outcome).toSorted()).toEqual([
      'consent-used',
      'consent-used',
      'consent-used',
      'consent-used',
      'taken',
      'taken',
    ])
    expect(await left(who)).toEqual([0])
  })

  test('told three times counts once, also when all three come together', async () => {
    const who = await known()
    const answers = await Promise.all([1, 2, 3].map(() => act(who, [consent()], { key: 'same' })))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await left(who)).toEqual([1])
  })

  test('serves one message however often that is tried, as after a crash', async () => {
    const who = await known()
    await act(who, [consent(1)])
    const messageId = newId()
    const first = await take(who, { messageId })
    expect(await take(who, { messageId })).toEqual(first)
    expect(first).toMatchObject({ kind: 'taken', address: who.address, needsStaff: false })
    expect(await left(who)).toEqual([0])
    await settle(messageId, 'used')
    expect(await take(who, { messageId })).toEqual(first)
    expect(outcome(await take(who))).toBe('consent-used')
  })

  test('is given back once when it is sure that nothing went out, and taken again by the next try', async () => {
    const who = await known()
    await act(who, [consent(1)])
    const messageId = newId()
    await take(who, { messageId })
    await Promise.all([settle(messageId, 'given-back'), settle(messageId, 'given-back')])
    expect(await left(who)).toEqual([1])
    expect(outcome(await take(who, { messageId }))).toBe('taken')
    await settle(messageId, 'used')
    await settle(messageId, 'given-back')
    expect(await left(who)).toEqual([0])
  })

  test('that the platform does not know of is corrected, and a new one counts again', async () => {
    const who = await known()
    await act(who, [consent(3)])
    const messageId = newId()
    await take(who, { messageId })
    await house.write((ctx) => refuseRight(ctx, messageId, 'refused-by-recipient'))
    expect(outcome(await take(who))).toBe('consent-withdrawn')
    await act(who, [consent(1)])
    expect(await left(who)).toEqual([1])
    expect(outcome(await take(who))).toBe('taken')
  })

  test.each(['busy', 'daily-quota', 'content', 'template'] as const)('is given back after: %s', async (refusal) => {
    const who = await known()
    await act(who, [consent(1)])
    const messageId = newId()
    await take(who, { messageId })
    await house.write((ctx) => refuseRight(ctx, messageId, refusal))
    expect(await left(who)).toEqual([1])
  })

  test('that lasts, lasts until it is taken back', async () => {
    const who = await known()
    await act(who, [consent(null)])
    expect([outcome(await take(who)), outcome(await take(who))]).toEqual(['taken', 'taken'])
    await act(who, [{ change: 'withdraw', channel: 'wechat-notice', template: 'T1' }])
    expect(outcome(await take(who))).toBe('consent-withdrawn')
  })

  test('is for its template, its channel and its person', async () => {
    const [who, other] = [await known(), await known()]
    await act(who, [consent(1)])
    expect(outcome(await take(who, { template: 'T2' }))).toBe('consent-missing')
    expect(outcome(await take(who, { channel: 'mini-notice' }))).toBe('consent-missing')
    expect(outcome(await take(other))).toBe('consent-missing')
    expect(outcome(await take(who))).toBe('taken')
  })
})

describe('events in another order than they happened', () => {
  const earlier = () => new Date(house.clock.now().getTime() - 60_000)

  test('an older withdrawal takes nothing of a newer consent', async () => {
    const who = await known()
    await act(who, [consent(1)])
    await act(who, [{ change: 'withdraw', channel: 'wechat-notice', template: 'T1' }], { at: earlier() })
    expect(outcome(await take(who))).toBe('taken')
  })

  test('an older consent does not lift a newer withdrawal', async () => {
    const who = await known()
    await act(who, [consent(1)], { at: earlier() })
    await act(who, [{ change: 'withdraw', channel: 'wechat-notice', template: 'T1' }])
    await act(who, [consent(1)], { at: earlier() })
    expect(outcome(await take(who))).toBe('consent-withdrawn')
  })

  test('an older window does not shorten a newer one', async () => {
    const who = await known()
    const window = (at: Date): RightChange => ({
      change: 'open',
      channel: 'wechat-chat',
      basis: 'message',
      count: 5,
      closesAt: new Date(at.getTime() + 172_800_000).toISOString(),
    })
    await act(who, [window(house.clock.now())])
    await act(who, [window(earlier())], { at: earlier() })
    expect((await rights(who)).rights[0]!.closesAt).toEqual(new Date(house.clock.now().getTime() + 172_800_000))
  })
})

describe('a window', () => {
  const open = (over: Partial<Extract<RightChange, { change: 'open' }>> = {}): RightChange => ({
    change: 'open',
    channel: 'wechat-chat',
    basis: 'message',
    count: 2,
    closesAt: new Date(house.clock.now().getTime() + 60_000).toISOString(),
    ...over,
  })
  const chat = { channel: 'wechat-chat' as const, template: '' }

  test('is used up, closes, and opens anew with the next act', async () => {
    const who = await known()
    await act(who, [open()])
    expect([outcome(await take(who, chat)), outcome(await take(who, chat)), outcome(await take(who, chat))]).toEqual([
      'taken',
      'taken',
      'window-used',
    ])
    house.clock.advance({ minutes: 1 })
    expect(outcome(await take(who, chat))).toBe('window-closed')
    await act(who, [open()])
    expect(outcome(await take(who, chat))).toBe('taken')
  })

  test('that was opened anew is not made longer by what comes back from before', async () => {
    const who = await known()
    await act(who, [open()])
    const messageId = newId()
    await take(who, { ...chat, messageId })
    house.clock.advance({ seconds: 5 })
    await act(who, [open()])
    await settle(messageId, 'given-back')
    expect(await left(who)).toEqual([2])
  })

  test('which the platform has closed already is closed', async () => {
    const who = await known()
    await act(who, [open()])
    const messageId = newId()
    await take(who, { ...chat, messageId })
    await house.write((ctx) => refuseRight(ctx, messageId, 'window-closed'))
    expect(outcome(await take(who, chat))).toBe('window-closed')
  })

  test('two windows: the one that closes first is used first', async () => {
    const who = await known()
    await act(who, [
      open({ basis: 'message', closesAt: new Date(house.clock.now().getTime() + 600_000).toISOString() }),
      open({ basis: 'menu', count: 1 }),
    ])
    await take(who, chat)
    const now = await rights(who)
    expect(Object.fromEntries(now.rights.map(({ basis, left: of }) => [basis, of]))).toEqual({ message: 2, menu: 0 })
  })
})

describe('mass messages of WeCom', () => {
  const contact = (basis = 'wang'): RightChange => ({
    change: 'grant',
    channel: 'wecom-mass',
    template: '',
    basis,
    count: null,
  })
  const mass = { channel: 'wecom-mass' as const, template: '' }

  test('four in a calendar month, also when many come at once; the fifth next month', async () => {
    const who = await known({ app: 'wecom:ww1' })
    await act(who, [contact(), contact('li')])
    house.clock.set('2026-03-31T15:00:00Z')
    const answers = await Promise.all(Array.from({ length: 7 }, () => take(who, mass)))
    expect(answers.map(outcome).filter((one) => one === 'taken')).toHaveLength(4)
    expect(answers.find(({ kind }) => kind === 'taken')).toMatchObject({ needsStaff: true })
    expect(outcome(await take(who, mass))).toBe('month-full')
    house.clock.advance({ hours: 2 })
    expect(outcome(await take(who, mass))).toBe('taken')
  })

  test('through whoever of the staff still has them', async () => {
    const who = await known({ app: 'wecom:ww1' })
    await act(who, [contact('wang'), contact('li')])
    await act(who, [{ change: 'withdraw', channel: 'wecom-mass', basis: 'wang' }])
    expect(outcome(await take(who, mass))).toBe('taken')
    await act(who, [{ change: 'withdraw', channel: 'wecom-mass', basis: 'li' }])
    expect(outcome(await take(who, mass))).toBe('no-contact')
  })
})

describe('whose account it is', () => {
  test('one consent of a mother serves one message, whichever child it is about', async () => {
    const mother = await known({ relation: 'guardian' })
    const sibling = { ...mother, patientId: await aPatient(house) }
    await house.write((ctx) => linkAccount(ctx, { ...sibling, relation: 'guardian' }))
    await act(mother, [consent(1)])
    const answers = await Promise.all([take(mother, { viaGuardian: true }), take(sibling, { viaGuardian: true })])
    expect(answers.map(outcome).toSorted()).toEqual(['consent-used', 'taken'])
  })

  test('nobody is written to by the account of another kind', async () => {
    const guardian = await known({ relation: 'guardian' })
    await act(guardian, [consent(2)])
    expect(outcome(await take(guardian))).toBe('consent-missing')
    expect(outcome(await take(guardian, { viaGuardian: true }))).toBe('taken')
  })

  test('what somebody did before they were known counts once they are', async () => {
    const patientId = await aPatient(house)
    const stranger = { patientId, address: `o${++count}`, app }
    await act(stranger, [consent(1)])
    expect(outcome(await take(stranger))).toBe('consent-missing')
    await house.write((ctx) => linkAccount(ctx, { ...stranger, relation: 'self' }))
    expect(outcome(await take(stranger))).toBe('taken')
  })

  test('goes along when two files are merged, and back when that is undone', async () => {
    const who = await known()
    await act(who, [consent(2)])
    const into = { ...who, patientId: await aPatient(house) }
    const merge = { fromId: who.patientId as never, intoId: into.patientId as never, mergeId: newId() as never }
    await house.write((ctx) => ctx.emit(patientMerged, merge))
    await house.settle()
    expect(outcome(await take(into))).toBe('taken')
    await house.write((ctx) => ctx.emit(patientUnmerged, merge))
    await house.settle()
    expect(outcome(await take(into))).toBe('consent-missing')
    expect(outcome(await take(who))).toBe('taken')
  })

  test('the address is sealed, and their last act is kept', async () => {
    const who = await known()
    await act(who, [consent(1)])
    const later = house.clock.now()
    await act(who, [], { at: new Date(later.getTime() - 60_000) })
    await act(who, [], { at: new Date(later.getTime() + 60_000), own: false })
    const row = await db
      .selectFrom('channel_account')
      .selectAll()
      .orderBy('first_seen_at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    expect(row.address_sealed.includes(who.address)).toBe(false)
    expect(row.last_act_at).toEqual(later)
  })

  test('another organization sees and takes nothing of it', async () => {
    const who = await known()
    await act(who, [consent(1)])
    const other = await house.anOrganization()
    expect(await house.house.databases.of(other.id).selectFrom('channel_right').selectAll().execute()).toEqual([])
    const answer = await house.write(
      (ctx) =>
        takeRight(ctx, {
          messageId: ctx.ids.next(),
          patientId: who.patientId,
          viaGuardian: false,
          channel: 'wechat-notice',
          template: 'T1',
        }),
      other,
    )
    expect(outcome(answer)).toBe('consent-missing')
    expect(await left(who)).toEqual([1])
  })

  test('many people are asked for in one go', async () => {
    const people = [await known(), await known()]
    await act(people[0]!, [consent(1)])
    const context = {
      db,
      organizationId: house.tenant.id,
      tenant: house.tenant,
      today: house.clock.today('Asia/Shanghai'),
    }
    const found = await reachOf(
      context,
      people.map(({ patientId }) => ({ patientId, viaGuardian: false })),
      (id, channel) => channel === 'email' && id === people[1]!.patientId,
    )
    const verdicts = people.map(({ patientId }) =>
      [{ channel: 'wechat-notice', template: 'T1' }, { channel: 'email' }].map(
        (rung) => rungVerdict(rung, found.get(patientId)!, house.clock.now()).ok,
      ),
    )
    expect(verdicts).toEqual([
      [true, false],
      [false, true],
    ])
  })
})
