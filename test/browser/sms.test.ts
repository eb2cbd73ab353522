import { expect, test } from 'vitest'
import { getSmsAccount } from '../../src/rooms/sms/contract/account.ts'
import { aStage, axe, screenshot } from './browser.ts'

const stage = await aStage()
const { house } = stage
const administrator = await house.as('system-administrator', { name: '钱工' })

const VIEWS = [
  ['desktop', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'zh-CN'],
] as const

test.each(VIEWS)('without an account the page says what that means (%s %s)', async (size, locale) => {
  const page = await stage.openAs(administrator, '/settings/sms', { size, locale })
  await page.getByText(/还没有接入短信|SMS is not set up yet/).waitFor()
  await screenshot(page, `sms-none-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('an account is entered, and its secret is not shown again', async () => {
  const page = await stage.openAs(administrator, '/settings/sms', {})
  await page.getByRole('button', { name: '接入短信' }).click()
  await page.getByLabel('AccessKey ID').fill('LTAI5tExample')
  await page.getByLabel('AccessKey Secret').fill('a secret of 1234')
  await page.getByLabel('签名', { exact: true }).fill('和康体检')
  await screenshot(page, 'sms-form')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('【和康体检】').waitFor()
  expect(await page.content()).not.toContain('a secret of 1234')
  await page.context().close()
  const { account } = await administrator.call(getSmsAccount)
  expect(account).toMatchObject({ provider: 'aliyun', signName: '和康体检', active: true })
  const receipt = {
    phone_number: '13900000001',
    success: true,
    err_code: 'DELIVERED',
    biz_id: '1^0',
    out_id: 'unknown',
  }
  await house.app.inject({
    method: 'POST',
    url: new URL(account!.callbacks.receipts).pathname,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify([receipt]),
  })
})

test.each(VIEWS)('the account, how it did, and what belongs to nothing (%s %s)', async (size, locale) => {
  const page = await stage.openAs(administrator, '/settings/sms', { size, locale })
  await page.getByText(/不是这里发出的短信|Not a message of ours/).waitFor()
  await screenshot(page, `sms-account-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})
