import { afterAll, expect, test } from 'vitest'
import { startWeChat } from '../../apps/stand-ins/wechat/wechat.ts'
import type { Clock } from '../../platform/clock.ts'
import { pageSignature } from '../../platform/wechat/page-ticket.ts'
import { aHouse, nobody } from '../../../test/house.ts'
import { aPatient } from '../message/sample.ts'
import { addWeChatAccount } from '../wechat/contract/account.ts'
import { noticePage, noticePageConfig } from '../wechat/contract/notice-page.ts'
import { putPlatformTemplate } from '../wechat/contract/template.ts'
import { linkWeChat, myWeChatNotices, wechatLink } from './contract/wechat.ts'

/** From the page of WeChat where somebody says yes to the ledger of what may be sent to them. */
const account = { appId: 'wx0123456789abcdef', secret: 'of-the-account' }
const agreed = { token: 'agreed1', encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' }
const told = { url: '', ...agreed }
const clock: Clock = { now: () => house.clock.now(), today: (zone) => house.clock.today(zone) }
const wechat = await startWeChat({ clock, ...account, templates: {}, callback: told })
afterAll(() => wechat.close())
const house = await aHouse({ wechatUrls: { wechat: wechat.url } })
await house.app.listen({ host: '127.0.0.1', port: 0 })
const { port } = house.app.server.address() as { port: number }
const administrator = await house.as('system-administrator')
const visitor = nobody(house)

const patientId = await aPatient(house)
const patient = await house.asPatient(patientId)
const read = () => patient.call(myWeChatNotices)
const placeOf = (page: string | null) => page!.split('/').at(-1)!

test('without an account there is nothing to choose from', async () => {
  expect(await read()).toEqual({ page: null, linked: false, notices: [] })
})

test('a yes on the page of WeChat is a message that may come; a lasting one stays, a no takes it back', async () => {
  const { id: accountId, callback } = await administrator.call(addWeChatAccount, {
    body: { kind: 'service', name: '服务号', ...account, token: agreed.token, aesKey: agreed.encodingAesKey },
  })
  told.url = `http://127.0.0.1:${port}${new URL(callback).pathname}`
  const put = (templateId: string, title: string, lasting: boolean) =>
    administrator.call(putPlatformTemplate, {
      params: { accountId, templateId },
      body: { channel: 'wechat-notice', title, lasting, fields: [{ key: 'thing1', label: '事项' }] },
    })
  await put('REPORT', '报告通知', false)
  await put('REVISIT', '复诊提醒', true)
  expect(await read()).toMatchObject({ linked: false, notices: [{ stands: 'none' }, { stands: 'none' }] })

  const { url } = await patient.call(wechatLink)
  const state = new URL(url!).searchParams.get('state')!
  await patient.call(linkWeChat, { body: { code: wechat.visits('oPatient'), state } })
  const stands = async () =>
    Object.fromEntries((await read()).notices.map(({ title, stands: how, left }) => [title, `${how} ${left}`]))

  const answers = { REPORT: 'accept', REVISIT: 'lasting' } as const
  expect((await wechat.does('oPatient', { act: 'consent', answers })).status).toBe(200)
  await house.settle()
  expect(await stands()).toEqual({ 报告通知: 'some 1', 复诊提醒: 'always 0' })
  house.clock.advance({ seconds: 5 })
  await wechat.does('oPatient', { act: 'consent', answers: { REPORT: 'accept' } })
  await house.settle()
  expect((await stands())['报告通知']).toBe('some 2')
  house.clock.advance({ seconds: 5 })
  await wechat.does('oPatient', { act: 'withdraw', templateIds: ['REVISIT'] })
  await house.settle()
  expect((await stands())['复诊提醒']).toBe('refused 0')
  // Somebody else's yes is theirs.
  const other = await house.asPatient(await aPatient(house))
  expect((await other.call(myWeChatNotices)).notices.map(({ stands: how }) => how)).toEqual(['none', 'none'])
})

test('that page shows the notices and nobody, runs no script but its own and WeChat’s, and looking changes nothing', async () => {
  const { page } = await read()
  const before = await read()
  const shown = await visitor.try(noticePage, { params: { place: placeOf(page) } })
  expect(shown.raw.body).toContain('<wx-open-subscribe template="REPORT"')
  expect(shown.raw.body).toContain('报告通知')
  expect(shown.raw.body).not.toContain('收信人')
  const policy = String(shown.raw.headers['content-security-policy'])
  const nonce = /'nonce-([^']+)'/.exec(policy)![1]!
  expect(policy).toContain(`script-src 'nonce-${nonce}' https://res.wx.qq.com;`)
  expect([...shown.raw.body.matchAll(/<script[^>]*nonce="([^"]+)"/g)].map(([, one]) => one)).toEqual([nonce, nonce])
  // Every other page keeps to the strict one.
  expect(String((await house.app.inject({ url: '/healthz' })).headers['content-security-policy'])).toMatch(
    /^default-src 'self'; style-src/,
  )
  expect(await read()).toEqual(before)
})

test('only that page is signed, by the ticket of its account', async () => {
  const { page } = await read()
  const place = placeOf(page)
  const url = `${page}?from=singlemessage`
  const config = await visitor.call(noticePageConfig, { params: { place }, query: { url } })
  const { timestamp, nonceStr: nonce } = config
  const ticket = `ticket-of-${account.appId}`
  expect(config).toMatchObject({ appId: account.appId, signature: pageSignature({ ticket, nonce, timestamp, url }) })
  for (const foreign of ['https://elsewhere.example.org/', `${page}x`, `${page}#a`])
    expect((await visitor.try(noticePageConfig, { params: { place }, query: { url: foreign } })).code).toBe(
      'WeChatPageOfOthers',
    )
  expect((await visitor.try(noticePage, { params: { place: 'x' } })).code).toBe('WeChatAccountUnknown')
  const nowhere = `${(await house.anOrganization()).id.replaceAll('-', '')}${place.slice(32)}`
  expect((await visitor.try(noticePage, { params: { place: nowhere } })).code).toBe('WeChatAccountUnknown')
  wechat.fail('hang-up', 3)
  house.clock.advance({ hours: 3 })
  expect((await visitor.try(noticePageConfig, { params: { place }, query: { url } })).code).toBe('WeChatUnreachable')
})
