import { describe, expect, test } from 'vitest'
import { eventOf } from '../../../../platform/wechat/events.ts'
import { readXml, writeXml, type XmlFields } from '../../../../platform/wechat/xml.ts'
import { bySparingness, chooseRung, rungVerdict, type Reach, type Right, type Rung } from './channel-right.ts'
import { changesOfWeChat, changesOfWeCom, isOwnAct } from './right-changes.ts'

const now = new Date('2026-03-02T02:00:00Z')
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const right = (channel: Right['channel'], over: Partial<Right> = {}): Right => ({
  accountId: 'a1',
  app: 'wechat:wx1',
  channel,
  template: '',
  basis: '',
  left: null,
  closesAt: null,
  withdrawnAt: null,
  ...over,
})
const reach = (rights: Right[] = [], over: Partial<Reach> = {}): Reach => ({
  rights,
  massThisMonth: new Map(),
  hasAddress: (channel) => channel === 'email',
  ...over,
})
const notice = { channel: 'wechat-notice', template: 'T1' }

const CASES: [what: string, rung: Rung, reach: Reach, verdict: true | string][] = [
  ['an address is enough for mail', { channel: 'email' }, reach(), true],
  ['no number, no short message', { channel: 'sms' }, reach(), 'no-address'],
  [
    'a follower gets any template',
    { channel: 'wechat-template', template: 'T9' },
    reach([right('wechat-template')]),
    true,
  ],
  ['nobody known', { channel: 'wechat-template', template: 'T9' }, reach(), 'not-known-there'],
  [
    'left again',
    { channel: 'wechat-template' },
    reach([right('wechat-template', { withdrawnAt: now })]),
    'not-following',
  ],
  ['a consent', notice, reach([right('wechat-notice', { template: 'T1', left: 1 })]), true],
  ['a lasting consent', notice, reach([right('wechat-notice', { template: 'T1' })]), true],
  ['for another template', notice, reach([right('wechat-notice', { template: 'T2', left: 3 })]), 'consent-missing'],
  ['for the mini-program', notice, reach([right('mini-notice', { template: 'T1', left: 3 })]), 'consent-missing'],
  ['used', notice, reach([right('wechat-notice', { template: 'T1', left: 0 })]), 'consent-used'],
  ['taken back', notice, reach([right('wechat-notice', { template: 'T1', withdrawnAt: now })]), 'consent-withdrawn'],
  [
    'a window',
    { channel: 'wechat-chat' },
    reach([right('wechat-chat', { basis: 'message', left: 1, closesAt: after(1) })]),
    true,
  ],
  [
    'a window that closes now',
    { channel: 'wechat-chat' },
    reach([right('wechat-chat', { left: 5, closesAt: now })]),
    'window-closed',
  ],
  ['no window', { channel: 'wechat-chat' }, reach(), 'window-closed'],
  [
    'five are through',
    { channel: 'wechat-chat' },
    reach([right('wechat-chat', { left: 0, closesAt: after(1) })]),
    'window-used',
  ],
  [
    'left, with a window',
    { channel: 'wechat-chat' },
    reach([right('wechat-chat', { left: 2, closesAt: after(1), withdrawnAt: now })]),
    'window-closed',
  ],
  ['a contact', { channel: 'wecom-mass' }, reach([right('wecom-mass', { basis: 'wang' })]), true],
  [
    'the fourth of the month',
    { channel: 'wecom-mass' },
    reach([right('wecom-mass')], { massThisMonth: new Map([['a1', 3]]) }),
    true,
  ],
  [
    'the fifth',
    { channel: 'wecom-mass' },
    reach([right('wecom-mass')], { massThisMonth: new Map([['a1', 4]]) }),
    'month-full',
  ],
  ['deleted', { channel: 'wecom-mass' }, reach([right('wecom-mass', { withdrawnAt: now })]), 'no-contact'],
]

test.each(CASES)('%s', (_what, rung, known, expected) => {
  const verdict = rungVerdict(rung, known, now)
  expect(verdict.ok || verdict.because).toBe(expected)
})

test('what closes first goes first, of consents the counted one goes after the lasting one', () => {
  const soon = right('wechat-chat', { basis: 'menu', left: 3, closesAt: after(1) })
  const late = right('wechat-chat', { basis: 'message', left: 1, closesAt: after(100) })
  expect(rungVerdict({ channel: 'wechat-chat' }, reach([late, soon]), now)).toMatchObject({ right: soon })
  const lasting = right('wechat-notice', { template: 'T1', accountId: 'a2' })
  const one = right('wechat-notice', { template: 'T1', left: 1 })
  expect([one, lasting].toSorted(bySparingness)).toEqual([lasting, one])
})

describe('a ladder', () => {
  const ladder = [{ channel: 'mini-notice', template: 'M1' }, notice, { channel: 'wecom-mass' }, { channel: 'email' }]

  test('is climbed down to the first step that holds, and says why not the others', () => {
    expect(chooseRung(ladder, reach([right('wechat-notice', { template: 'T1', left: 0 })]), now)).toEqual({
      chosen: { channel: 'email', right: null, needsStaff: false },
      skipped: [
        { channel: 'mini-notice', template: 'M1', because: 'consent-missing' },
        { ...notice, because: 'consent-used' },
        { channel: 'wecom-mass', because: 'not-known-there' },
      ],
    })
  })

  test('says when a person of the staff has to confirm', () => {
    expect(chooseRung(ladder, reach([right('wecom-mass')]), now).chosen).toMatchObject({
      channel: 'wecom-mass',
      needsStaff: true,
    })
  })

  test('may hold nowhere', () => {
    expect(chooseRung(ladder.slice(0, 3), reach(), now).chosen).toBeNull()
    expect(chooseRung([], reach(), now)).toEqual({ chosen: null, skipped: [] })
  })
})

describe('what an event changes', () => {
  const event = (fields: XmlFields) =>
    eventOf(readXml(writeXml({ FromUserName: 'o1', CreateTime: now.getTime() / 1000, MsgType: 'event', ...fields })))
  const service = { kind: 'service' as const, isLasting: (id: string) => id === 'LASTING' }
  const mini = { ...service, kind: 'mini' as const }
  const opened = (basis: string, count: number, minutes: number) => ({
    change: 'open',
    channel: 'wechat-chat',
    basis,
    count,
    closesAt: after(minutes).toISOString(),
  })

  test.each<[string, XmlFields, object[]]>([
    [
      'follows',
      { Event: 'subscribe' },
      [{ change: 'grant', channel: 'wechat-template', template: '', basis: '', count: null }, opened('follow', 3, 1)],
    ],
    [
      'leaves',
      { Event: 'unsubscribe' },
      [
        { change: 'withdraw', channel: 'wechat-template' },
        { change: 'withdraw', channel: 'wechat-chat' },
      ],
    ],
    ['writes', { MsgType: 'text', Content: '在吗', MsgId: '1' }, [opened('message', 5, 2880)]],
    ['sends a picture', { MsgType: 'image', MsgId: '2' }, [opened('message', 5, 2880)]],
    ['clicks', { Event: 'CLICK', EventKey: 'x' }, [opened('menu', 3, 1)]],
    ['opens a page', { Event: 'VIEW', EventKey: 'https://x' }, []],
    ['scans', { Event: 'SCAN', EventKey: 'x' }, [opened('scan', 3, 1)]],
    [
      'does not want templates',
      { Event: 'TEMPLATESENDJOBFINISH', Status: 'failed:user block' },
      [{ change: 'withdraw', channel: 'wechat-template' }],
    ],
    ['could not be reached', { Event: 'TEMPLATESENDJOBFINISH', Status: 'failed: system failed' }, []],
    ['got it', { Event: 'TEMPLATESENDJOBFINISH', Status: 'success' }, []],
    ['does something new', { Event: 'something_new' }, []],
  ])('who %s', (_what, fields, changes) => {
    expect(changesOfWeChat(event(fields), service)).toEqual(changes)
  })

  const answered = event({
    Event: 'subscribe_msg_popup_event',
    SubscribeMsgPopupEvent: {
      List: ['ONE', 'LASTING', 'NO'].map((TemplateId) => ({
        TemplateId,
        SubscribeStatusString: TemplateId === 'NO' ? 'reject' : 'accept',
      })),
    },
  })

  test.each([
    [service, 'wechat-notice'],
    [mini, 'mini-notice'],
  ] as const)('who agrees to notices', (app, channel) => {
    expect(changesOfWeChat(answered, app)).toEqual([
      { change: 'grant', channel, template: 'ONE', basis: '', count: 1 },
      { change: 'grant', channel, template: 'LASTING', basis: '', count: null },
    ])
  })

  test('who takes a consent back; a mini-program opens no window', () => {
    const list = { List: [{ TemplateId: 'ONE', SubscribeStatusString: 'reject' }] }
    const withdrawn = event({ Event: 'subscribe_msg_change_event', SubscribeMsgChangeEvent: list })
    expect(changesOfWeChat(withdrawn, mini)).toEqual([{ change: 'withdraw', channel: 'mini-notice', template: 'ONE' }])
    expect(changesOfWeChat(event({ MsgType: 'text', MsgId: '3' }), mini)).toEqual([])
  })

  test('who acts, and what the platform reports', () => {
    expect([isOwnAct(answered), isOwnAct(event({ Event: 'TEMPLATESENDJOBFINISH' }))]).toEqual([true, false])
  })

  test('a contact of a member of staff comes and goes', () => {
    const base = { staffUserId: 'wang', externalId: 'wm1', at: now, key: 'k' }
    const added = { ...base, kind: 'contact-added' as const, state: '', welcomeCode: '' }
    const way = { channel: 'wecom-mass', template: '', basis: 'wang' }
    expect(changesOfWeCom({ ...added, isHalf: false })).toEqual([{ change: 'grant', ...way, count: null }])
    expect(changesOfWeCom({ ...added, isHalf: true })).toEqual([])
    expect(changesOfWeCom({ ...base, kind: 'contact-removed-by-customer' })).toEqual([{ change: 'withdraw', ...way }])
    expect(changesOfWeCom({ ...base, kind: 'contact-changed' })).toEqual([])
  })
})
