import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/house.ts'
import { startWeCom, type WeComStandIn } from '../../apps/stand-ins/wechat/wecom.ts'
import { accessTokens } from '../wechat/access-token.ts'
import { consequenceOf, type Answer, type NotOk } from '../wechat/answer.ts'
import { weCom, type WeCom } from './index.ts'

const { house, tenant, clock } = await aHouse()
const db = house.databases.of(tenant.id)
const corp = { corpId: 'ww0123456789abcdef', agentId: 1_000_002, secret: 'of-the-application' }
const staff = ['wang', 'li', 'chen']

let wecom: WeComStandIn
let client: WeCom
const open = async (over: object = {}) => {
  await wecom?.close()
  wecom = await startWeCom({ clock, ...corp, staff, isMedical: true, ...over })
  await sql`delete from access_token`.execute(db)
  const tokens = accessTokens({ db, organizationId: tenant.id, sealer: house.sealer, clock })
  client = weCom({ ...corp, baseUrl: wecom.url }, tokens)
}
beforeEach(() => open())
afterAll(() => wecom.close())

const value = <T>(answer: Answer<T>): T => {
  if (answer.kind !== 'ok') throw new Error(`${answer.kind} ${answer.text}`)
  return answer.value
}

describe('the token', () => {
  test('is fetched once and used until it ends', async () => {
    await client.contacts.ofStaff('wang')
    clock.advance({ seconds: 7199 })
    await client.contacts.ofStaff('wang')
    expect(wecom.fetchesToday()).toBe(1)
    clock.advance({ seconds: 1 })
    expect(await client.contacts.ofStaff('wang')).toEqual({ kind: 'ok', value: [] })
    expect(wecom.fetchesToday()).toBe(2)
  })

  test('that is refused is renewed once', async () => {
    await client.contacts.ofStaff('wang')
    wecom.revokeToken()
    expect(await client.contacts.ofStaff('wang')).toEqual({ kind: 'ok', value: [] })
    expect(wecom.fetchesToday()).toBe(2)
  })

  test('that is refused although it is the newest is not asked for without end', async () => {
    await client.contacts.ofStaff('wang')
    wecom.fail(42001)
    expect(await client.contacts.ofStaff('wang')).toMatchObject({ kind: 'held-back', refusal: 'token' })
    expect(wecom.fetchesToday()).toBe(3)
  })

  test('is not had with a wrong secret, nor beyond the fetches of a day', async () => {
    wecom.fail(40001)
    expect(await client.contacts.ofStaff('wang')).toMatchObject({ kind: 'refused', refusal: 'credential' })
    await open({ fetchesPerDay: 0 })
    expect(await client.contacts.ofStaff('wang')).toMatchObject({ kind: 'refused', code: 45009 })
  })
})

describe('a mass message', () => {
  const create = (externalIds: string[], over: object = {}) =>
    client.mass.create({ externalIds, text: '今天起可以预约年度体检', ...over })
  const outcomes = async (taskId: string, userId: string) =>
    value(await client.mass.results(taskId, userId)).rows.map(({ outcome }) => outcome)

  test('is a task: nothing is sent before staff confirm, and each result can be asked', async () => {
    for (const id of ['wm1', 'wm2']) await wecom.adds(id, 'wang')
    await wecom.adds('wm3', 'li')
    const { taskId, unreachable } = value(await create(['wm1', 'wm2', 'wm3', 'gone']))
    expect(unreachable).toEqual(['gone'])
    expect([...wecom.customers.values()].flatMap(({ got }) => got)).toEqual([])
    expect(await outcomes(taskId, 'wang')).toEqual(['waiting', 'waiting'])
    await wecom.parts('wm2', 'wang', 'customer')
    wecom.confirms(taskId, 'wang')
    expect(await outcomes(taskId, 'wang')).toEqual(['delivered', 'no-contact'])
    expect(value(await client.mass.confirmations(taskId)).rows).toEqual([
      { staffUserId: 'wang', confirmed: true, at: new Date(Math.floor(clock.now().getTime() / 1000) * 1000) },
      { staffUserId: 'li', confirmed: false, at: null },
    ])
  })

  test('goes to whoever of the staff talked to them last, or to whom it is meant', async () => {
    await wecom.adds('wm1', 'wang')
    clock.advance({ minutes: 1 })
    await wecom.adds('wm1', 'li')
    const last = value(await create(['wm1']))
    expect(value(await client.mass.confirmations(last.taskId)).rows.map((one) => one.staffUserId)).toEqual(['li'])
    const meant = value(await create(['wm1'], { staffUserId: 'wang' }))
    expect(value(await client.mass.confirmations(meant.taskId)).rows.map((one) => one.staffUserId)).toEqual(['wang'])
  })

  test('a customer gets four in a calendar month of the hospital, not a fifth', async () => {
    await wecom.adds('wm1', 'wang')
    clock.set('2026-03-31T15:00:00Z')
    const once = async () => {
      const { taskId } = value(await create(['wm1']))
      wecom.confirms(taskId, 'wang')
      return (await outcomes(taskId, 'wang'))[0]
    }
    const march = [await once(), await once(), await once(), await once(), await once()]
    expect(march).toEqual(['delivered', 'delivered', 'delivered', 'delivered', 'limit'])
    clock.advance({ hours: 2 })
    expect(await once()).toBe('delivered')
  })

  test('staff are reminded three times in 24 hours, and a fourth is held back', async () => {
    await wecom.adds('wm1', 'wang')
    const { taskId } = value(await create(['wm1']))
    const before: Date[] = []
    for (let n = 0; n < 3; n++) {
      expect(await client.mass.remind(taskId, before, clock.now())).toEqual({ kind: 'ok', value: null })
      before.push(clock.now())
    }
    expect(await client.mass.remind(taskId, before, clock.now())).toMatchObject({
      kind: 'held-back',
      refusal: 'limit-reached',
    })
    // The server counts as well.
    expect(await client.mass.remind(taskId, [], clock.now())).toMatchObject({ kind: 'refused', code: 45009 })
    clock.advance({ hours: 24 })
    expect(await client.mass.remind(taskId, before, clock.now())).toMatchObject({ kind: 'ok' })
  })

  test('that is cancelled is not sent by who confirms it later', async () => {
    await wecom.adds('wm1', 'wang')
    const { taskId } = value(await create(['wm1']))
    await client.mass.cancel(taskId)
    wecom.confirms(taskId, 'wang')
    expect(await outcomes(taskId, 'wang')).toEqual(['waiting'])
  })

  test('results of many come in pages', async () => {
    const ids = Array.from({ length: 501 }, (_one, n) => `wm${n}`)
    for (const id of ids) await wecom.adds(id, 'wang')
    const { taskId } = value(await create(ids))
    const first = value(await client.mass.results(taskId, 'wang'))
    const second = value(await client.mass.results(taskId, 'wang', first.next!))
    expect([first.rows.length, second.rows.length, second.next]).toEqual([500, 1, null])
  })

  test.each<[string, object]>([
    ['says nothing', { text: ' ' }],
    ['is too long', { text: '长'.repeat(1400) }],
    ['has ten attachments', { attachments: Array.from({ length: 10 }, () => ({ type: 'image', mediaId: 'm' })) }],
    ['has a title of none', { attachments: [{ type: 'link', title: '', url: 'https://x' }] }],
    [
      'has a long title',
      { attachments: [{ type: 'miniprogram', title: '长'.repeat(22), pictureMediaId: 'm', appId: 'wx', page: 'p' }] },
    ],
    ['is for nobody', { externalIds: [] }],
  ])('one that %s is held back', async (_what, over) => {
    expect(await create(['wm1'], over)).toMatchObject({ kind: 'held-back', refusal: 'content' })
    expect(wecom.fetchesToday()).toBe(0)
  })

  test('to nobody who is a contact', async () => {
    expect(await create(['gone'])).toMatchObject({ kind: 'refused', code: 41048, refusal: 'not-following' })
    expect(await create(['gone'], { staffUserId: 'nobody' })).toMatchObject({
      code: 40003,
      refusal: 'not-following',
    })
  })

  test('carries a link and a page of the mini-program', async () => {
    await wecom.adds('wm1', 'wang')
    const attachments = [
      { type: 'link', title: '预约', url: 'https://care.example.org/my' },
      { type: 'miniprogram', title: '我的计划', pictureMediaId: 'm', appId: 'wx1', page: 'pages/plan' },
      { type: 'image', mediaId: 'm' },
    ]
    expect(await create(['wm1'], { attachments })).toMatchObject({ kind: 'ok' })
  })
})

describe('the first words to a new customer', () => {
  const welcome = (code: string, receivedAt = clock.now()) =>
    client.contacts.welcome({ code, receivedAt, now: clock.now(), text: '您好，我是您的健康管家小王' })

  test('are said once', async () => {
    const code = await wecom.adds('wm1', 'wang')
    expect(await welcome(code)).toEqual({ kind: 'ok', value: null })
    expect(wecom.customers.get('wm1')!.got).toMatchObject([{ kind: 'welcome', text: '您好，我是您的健康管家小王' }])
    expect(await welcome(code)).toMatchObject({ kind: 'refused', code: 41051, refusal: 'code-spent' })
  })

  test('within twenty seconds: later they are held back, and the server would refuse them', async () => {
    const [code, at] = [await wecom.adds('wm1', 'wang'), clock.now()]
    clock.advance({ seconds: 21 })
    expect(await welcome(code, at)).toMatchObject({ kind: 'held-back', refusal: 'code-spent' })
    expect(wecom.fetchesToday()).toBe(0)
    expect(await welcome(code)).toMatchObject({ kind: 'refused', code: 41050, refusal: 'code-spent' })
  })

  test('another application that is just speaking is waited for', async () => {
    const code = await wecom.adds('wm1', 'wang')
    await client.contacts.ofStaff('wang')
    wecom.fail(41096)
    const answer = await welcome(code)
    expect(answer).toMatchObject({ refusal: 'busy' })
    expect(consequenceOf(answer as NotOk)).toMatchObject({ then: 'again' })
    expect(await welcome(code)).toMatchObject({ kind: 'ok' })
  })
})

describe('a temporary way', () => {
  test('is for one talk of a medical institution', async () => {
    const { configId, codeUrl } = value(
      await client.ways.addTemporary({
        staffUserId: 'wang',
        codeSeconds: 3600,
        chatSeconds: 7200,
        unionId: 'uABC',
        state: 'desk:42',
        conclusion: { text: '谢谢您的咨询', link: { title: '评价', url: 'https://care.example.org/my/rate' } },
      }),
    )
    expect(codeUrl).toMatch(/^https:/)
    expect(wecom.ways.get(configId)).toMatchObject({ isTemporary: true, chatSeconds: 7200, conclusion: '谢谢您的咨询' })
    await expect(wecom.adds('wm9', 'wang', { configId, unionId: 'uOTHER' })).rejects.toThrow('somebody else')
    await wecom.adds('wm1', 'wang', { configId, unionId: 'uABC' })
    await expect(wecom.adds('wm2', 'wang', { configId, unionId: 'uABC' })).rejects.toThrow('spent')
    expect(value(await client.contacts.detail('wm1'))).toMatchObject({
      unionId: 'uABC',
      staff: [{ userId: 'wang', state: 'desk:42' }],
    })
    await client.ways.closeChat('wang', 'wm1')
    expect(await client.contacts.detail('wm1')).toMatchObject({ code: 84061, refusal: 'not-following' })
    expect(await client.ways.remove(configId)).toMatchObject({ kind: 'ok' })
    expect(await client.ways.remove(configId)).toMatchObject({ code: 41044, refusal: 'gone' })
  })

  test('is refused to others', async () => {
    await open({ isMedical: false })
    expect(await client.ways.addTemporary({ staffUserId: 'wang' })).toMatchObject({
      code: 48002,
      refusal: 'no-permission',
    })
  })

  test('ends after its time', async () => {
    const { configId } = value(await client.ways.addTemporary({ staffUserId: 'wang', codeSeconds: 60 }))
    clock.advance({ seconds: 61 })
    await expect(wecom.adds('wm1', 'wang', { configId })).rejects.toThrow('spent')
  })

  test.each([
    ['of more than fourteen days', { codeSeconds: 14 * 86_400 + 1 }],
    ['with a talk of none', { chatSeconds: 0 }],
    ['with half a second', { chatSeconds: 0.5 }],
    ['with a long state', { state: 'x'.repeat(31) }],
  ])('%s is held back', async (_what, over) => {
    expect(await client.ways.addTemporary({ staffUserId: 'wang', ...over })).toMatchObject({ kind: 'held-back' })
  })

  test('a lasting one is for one or several', async () => {
    expect(await client.ways.addLasting({ staffUserIds: ['wang', 'li'], state: 'front' })).toMatchObject({ kind: 'ok' })
    expect(await client.ways.addLasting({ staffUserIds: ['nobody'] })).toMatchObject({ code: 40003 })
    expect(await client.ways.addLasting({ staffUserIds: [] })).toMatchObject({ kind: 'held-back' })
  })
})

describe('staff', () => {
  test('see whose customers are whose', async () => {
    await wecom.adds('wm1', 'wang')
    await wecom.adds('wm2', 'wang')
    expect(value(await client.contacts.ofStaff('wang'))).toEqual(['wm1', 'wm2'])
    expect(value(await client.contacts.ofStaff('li'))).toEqual([])
    expect(await client.contacts.ofStaff('nobody')).toMatchObject({ code: 40003, refusal: 'not-following' })
    expect(await client.contacts.detail('none')).toMatchObject({ code: 40096, refusal: 'unknown-recipient' })
  })

  test('are told by the application, the same words once in half an hour', async () => {
    const tell = () => client.contacts.notifyStaff({ staffUserIds: ['wang', 'NOBODY'], text: '有一位客户在等您' })
    expect(value(await tell()).unknown).toEqual(['nobody'])
    await tell()
    expect(wecom.notices).toEqual([{ staffUserId: 'wang', text: '有一位客户在等您' }])
    clock.advance({ minutes: 30 })
    await tell()
    expect(wecom.notices).toHaveLength(2)
    const nobody = await client.contacts.notifyStaff({ staffUserIds: ['nobody'], text: '好' })
    expect(nobody).toMatchObject({ code: 81013, refusal: 'not-following' })
    expect(await client.contacts.notifyStaff({ staffUserIds: [], text: '好' })).toMatchObject({ kind: 'held-back' })
    expect(await client.contacts.notifyStaff({ staffUserIds: ['wang'], text: '' })).toMatchObject({ kind: 'held-back' })
  })
})

test.each([
  [-1, 'busy'],
  [6000, 'busy'],
  [45033, 'busy'],
  [45009, 'minute-quota'],
  [48002, 'no-permission'],
  [60011, 'no-permission'],
  [60020, 'credential'],
  [40058, 'content'],
  [99999, 'other'],
])('%d is %s', async (code, refusal) => {
  await client.contacts.ofStaff('wang')
  wecom.fail(code)
  expect(await client.contacts.ofStaff('wang')).toMatchObject({ kind: 'refused', code, refusal })
})
