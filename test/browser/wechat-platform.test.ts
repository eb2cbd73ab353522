import { afterAll, expect, test } from 'vitest'
import { startWeChat } from '../../src/apps/stand-ins/wechat/wechat.ts'
import { startWeCom } from '../../src/apps/stand-ins/wechat/wecom.ts'
import type { Clock } from '../../src/platform/clock.ts'
import { setWebAddress } from '../../src/rooms/message/sample.ts'
import { linkAccount, notifyStaff } from '../../src/rooms/message/server/index.ts'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import { registerPatient } from '../../src/rooms/patient/server/index.ts'
import { addWeChatAccount, setWeComStaff } from '../../src/rooms/wechat/contract/account.ts'
import { listContactWays } from '../../src/rooms/wechat/contract/contact-way.ts'
import { readOwnWeCom } from '../../src/rooms/wechat/contract/staff-notice.ts'
import { putPlatformTemplate } from '../../src/rooms/wechat/contract/template.ts'
import { AGREED, CORP, SERVICE, TEMPLATES } from '../../src/rooms/wechat/sample.ts'
import { sendStaffNotices } from '../../src/rooms/wechat/server/index.ts'
import { aStage, axe, holdUndo, screenshot } from './browser.ts'
import { settled } from './settled.ts'

/** The pages that ask something of the platforms, before stand-ins that answer as these do. */
const clock: Clock = { now: () => stage.house.clock.now(), today: (zone) => stage.house.clock.today(zone) }
const wechat = await startWeChat({ clock, ...SERVICE, templates: TEMPLATES })
const wecom = await startWeCom({ clock, ...CORP, staff: ['lin', 'wang'], isMedical: true })
afterAll(async () => {
  await wechat.close()
  await wecom.close()
})
const stage = await aStage({ wechatUrls: { wechat: wechat.url, wecom: wecom.url } })
const { house } = stage
await setWebAddress(house, 'https://care.example.org')
const administrator = await house.as('system-administrator', { name: '钱工' })
const nurse = await house.as('service-manager', { name: '林护士' })
const other = await house.as('service-manager', { name: '王护士' })
const agreed = { token: AGREED.token, aesKey: AGREED.encodingAesKey }
const service = await administrator.call(addWeChatAccount, {
  body: { kind: 'service', name: '和康服务号', appId: SERVICE.appId, secret: SERVICE.secret, ...agreed },
})
const corp = await administrator.call(addWeChatAccount, {
  body: {
    kind: 'wecom',
    name: '和康企业微信',
    appId: CORP.corpId,
    agentId: CORP.agentId,
    secret: CORP.secret,
    ...agreed,
  },
})
await administrator.call(setWeComStaff, {
  params: { accountId: corp.id },
  body: {
    rows: [
      { userId: 'lin', staffId: nurse.staffId as never },
      { userId: 'wangfang', staffId: other.staffId as never },
    ],
  },
})
const SIZES = ['desktop', 'phone'] as const
const at = () => house.clock.now()

test.each(SIZES)('a menu is drafted and published, and withdrawn (%s)', async (size) => {
  const page = await stage.openAs(administrator, '/settings/wechat', { size, at: at() })
  await page.getByRole('button', { name: /编辑菜单/ }).click()
  await page.getByRole('button', { name: '加“我的健康”' }).click()
  await page.getByRole('button', { name: '存草稿' }).click()
  // A draft of before says so too: what is published is the one that was just kept.
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  await settled(page)
  await page.getByText('还没有发布').waitFor()
  const menu = page.getByRole('region', { name: '菜单' })
  await menu.getByRole('button', { name: /^发\s?布$/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('和康服务号').waitFor()
  await screenshot(page, `wechat-menu-publish-${size}`)
  await dialog.getByRole('button', { name: /^发\s?布$/ }).click()
  await menu.getByRole('button', { name: '撤下菜单' }).waitFor()
  await menu.scrollIntoViewIfNeeded()
  await screenshot(page, `wechat-menu-published-${size}`)
  expect(await axe(page)).toEqual([])
  await menu.getByRole('button', { name: '撤下菜单' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '撤下菜单' }).click()
  await menu.getByText('还没有发布').waitFor()
  await page.context().close()
})

test.each(SIZES)('a code to talk to one of the staff is made, and taken back (%s)', async (size) => {
  const page = await stage.openAs(administrator, '/settings/wechat', { size, at: at() })
  await page.getByRole('button', { name: /新建二维码/ }).click()
  const form = page.getByRole('dialog')
  await form.getByRole('button', { name: /^生\s?成$/ }).click()
  await form.getByText('请填写用在哪里').waitFor()
  await form.getByLabel('用在哪里').fill('一楼咨询台')
  await form.getByLabel('临时会话').check()
  await form.getByLabel('谁来接待').click()
  await page.getByTitle('林护士').last().click()
  await form.getByLabel('二维码几天内有效').fill('3')
  await screenshot(page, `wechat-way-form-${size}`)
  expect(await axe(page, '[role=dialog]')).toEqual([])
  await form.getByRole('button', { name: /^生\s?成$/ }).click()
  const ways = page.getByRole('region', { name: '“联系我”二维码' })
  await ways.getByText('一楼咨询台').first().waitFor()
  expect([...wecom.ways.values()]).toMatchObject([{ userIds: ['lin'], isTemporary: true }])
  await ways.scrollIntoViewIfNeeded()
  await screenshot(page, `wechat-ways-${size}`)
  expect(await axe(page)).toEqual([])
  await ways.getByRole('button', { name: /收\s?回/ }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /收\s?回/ })
    .click()
  await ways.getByRole('link', { name: /打开图片/ }).waitFor({ state: 'detached' })
  expect(wecom.ways.size).toBe(0)
  await page.context().close()
  expect((await administrator.call(listContactWays, { params: { accountId: corp.id } })).rows).toEqual([])
})

test.each(SIZES)('a nurse chooses what comes to her WeCom, and takes it back (%s)', async (size) => {
  const page = await stage.openAs(nurse, '/account', { size, at: at() })
  const card = page.getByText('企业微信提醒', { exact: true })
  await card.waitFor()
  await page.getByText('lin', { exact: true }).waitFor()
  await page.getByLabel('计划到了提醒时间').uncheck()
  await page.getByText('已保存').waitFor()
  await holdUndo(page)
  expect((await nurse.call(readOwnWeCom)).topics).toEqual(['digest', 'urgent-task', 'alert'])
  await card.scrollIntoViewIfNeeded()
  await screenshot(page, `own-wecom-${size}`)
  expect(await axe(page)).toEqual([])
  await page.locator('.pb-undo').click()
  await page.getByText('已恢复').waitFor()
  await expect.poll(() => page.getByLabel('计划到了提醒时间').isChecked()).toBe(true)
  await page.context().close()
})

test.each(SIZES)('whom it did not reach is seen by themselves and by the administrator (%s)', async (size) => {
  for (const who of [nurse, other])
    await house.write((ctx) =>
      notifyStaff(ctx, who.staffId, {
        kind: 'task-digest',
        values: { count: 3, overdue: 1 },
        link: '/tasks',
        sourceKey: `browser:${size}`,
      }),
    )
  await sendStaffNotices(house.house, house.tenant)
  expect(wecom.notices.at(-1)!.text).toContain('您今天还有 3 项计划没完成')
  const own = await stage.openAs(other, '/account', { size, locale: 'en', at: at() })
  await own.getByText(/did not reach your WeCom \(81013\)/).waitFor()
  await screenshot(own, `own-wecom-refused-${size}`)
  expect(await axe(own)).toEqual([])
  await own.context().close()
  const page = await stage.openAs(administrator, '/settings/wechat', { size, at: at() })
  const list = page.getByRole('region', { name: '谁的企业微信' })
  await list.getByText('最近一条没送到（81013）', { exact: false }).waitFor()
  await list.scrollIntoViewIfNeeded()
  await screenshot(page, `wecom-staff-list-${size}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('without WeCom user id, or without WeCom, nothing is promised', async () => {
  const physician = await house.as('physician', { name: '陈立' })
  const page = await stage.openAs(physician, '/account', { at: at() })
  await page.getByText('管理员还没有填您的企业微信账号').waitFor()
  await screenshot(page, 'own-wecom-unknown')
  await page.context().close()
})

test.each(['phone', 'desktop'] as const)(
  'a person reads what may still come by WeChat, and where to say yes (%s)',
  async (size) => {
    const params = { accountId: service.id, templateId: 'REPORT' }
    const fields = [
      { key: 'thing1', label: '事项' },
      { key: 'phrase2', label: '结果' },
    ]
    await administrator.call(putPlatformTemplate, {
      params,
      body: { channel: 'wechat-notice', title: '报告出具通知', fields },
    })
    const patientId = await house.write((ctx) =>
      registerPatient(ctx, {
        name: `林晓${size === 'phone' ? '安' : '平'}`,
        sex: 'female',
        birthDate: '1968-03-21',
      } as never),
    )
    const come = async () => {
      const { link } = await house.write((ctx) => openWay(ctx, patientId, { page: '/my/wechat-notices' }))
      const page = await stage.open(new URL(link).pathname, { size, at: at() })
      await page.getByLabel(/出生日期/).fill('1968-03-21')
      await page.getByRole('button', { name: '打开', exact: true }).click()
      await page.getByRole('heading', { name: '微信提醒' }).waitFor()
      return page
    }
    const before = await come()
    await before.getByRole('heading', { name: '报告出具通知' }).waitFor()
    await screenshot(before, `my-wechat-notices-${size}`)
    expect(await axe(before)).toEqual([])
    await before.context().close()
    await house.write((ctx) =>
      linkAccount(ctx, { app: `wechat:${SERVICE.appId}`, address: `oBrowser${size}`, patientId, relation: 'self' }),
    )
    const page = await come()
    await page.getByRole('heading', { name: '报告出具通知' }).waitFor()
    await page.addInitScript(() => Object.defineProperty(navigator, 'userAgent', { value: 'MicroMessenger' }))
    await page.reload()
    const choose = page.locator('a.pp-call')
    await choose.waitFor()
    expect(await choose.getAttribute('href')).toContain('/api/wechat-notices/')
    await screenshot(page, `my-wechat-notices-in-wechat-${size}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  },
)
