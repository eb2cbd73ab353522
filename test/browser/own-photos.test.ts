import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { aCustomer, photoAs, visitAs } from '../../src/rooms/home-visit/sample-visit.ts'
import { aStage, axe, screenshot, type PageOptions } from './browser.ts'

/** A person withdraws photos that were taken in their home, with a phone in their hand. */
const stage = await aStage()
const { house } = stage
const manager = await house.as('service-manager', { name: '李慧' })
const doctor = await house.as('physician', { name: '陈医生' })

async function ownPage(patientId: string, path: string, options: PageOptions): Promise<Page> {
  const { token } = await house.asPatient(patientId as never)
  const page = await stage.open('/my', options)
  await page.context().addCookies([{ name: 'peiban_patient', value: token, url: stage.url, httpOnly: true }])
  await page.goto(stage.url + path)
  return page
}

test.each([
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
] as const)('photos of a home visit are withdrawn, on a %s in %s', async (size, locale) => {
  const words =
    locale === 'en'
      ? {
          title: 'Photos of home visits',
          one: 'Withdraw photo 2 only',
          sureOne: 'Yes, withdraw photo 2 for good',
          doneOne: 'This photo is withdrawn.',
          withdraw: 'Withdraw these photos',
          keep: 'Keep them for now',
          sure: 'Yes, withdraw them for good',
          done: 'Nobody can open them any more.',
          self: /you withdrew the photos/,
          none: 'There are no photos of home visits.',
        }
      : {
          title: '家访照片',
          one: '只撤回照片 2',
          sureOne: '确定撤回照片 2，不再恢复',
          doneOne: '这一张已撤回',
          withdraw: '撤回这次的照片',
          keep: '先留着',
          sure: '确定撤回，不再恢复',
          done: '照片已撤回，谁也打不开了。',
          self: /您自己撤回了照片/,
          none: '没有家访照片。',
        }
  const patientId = await aCustomer(house, { doctor, manager })
  const nothing = await ownPage(patientId, '/my/home-visit-photos', { size, locale })
  await nothing.getByText(words.none).waitFor()
  await screenshot(nothing, `own-photos-none-${size}`)
  await nothing.context().close()
  const visit = await visitAs(house, manager, patientId, { photos: { answer: 'given', saidBy: 'person' } })
  for (let n = 0; n < 3; n++) await photoAs(house, manager, visit.id)
  const page = await ownPage(patientId, '/my', { size, locale })
  const card = page.locator('.pp-card').filter({ hasText: words.title })
  await card.waitFor()
  await card.scrollIntoViewIfNeeded()
  await screenshot(page, `own-photos-home-${size}`)
  await card.getByRole('link').click()
  await page.getByRole('button', { name: words.withdraw }).waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, `own-photos-${size}`)
  await page.getByRole('button', { name: words.one }).click()
  await page.getByRole('button', { name: words.sureOne }).click()
  await page.getByText(words.doneOne).waitFor()
  await page.getByRole('button', { name: words.one }).waitFor({ state: 'detached' })
  expect(await axe(page)).toEqual([])
  await screenshot(page, `own-photos-one-${size}`)
  await page.getByRole('button', { name: words.withdraw }).click()
  await page.getByRole('button', { name: words.keep, exact: true }).click()
  await page.getByRole('button', { name: words.withdraw }).click()
  expect(await axe(page)).toEqual([])
  await screenshot(page, `own-photos-sure-${size}`)
  await page.getByRole('button', { name: words.sure }).click()
  await page.getByText(words.done).waitFor()
  await page.getByText(words.self).waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, `own-photos-withdrawn-${size}`)
  await page.context().close()

  const staff = await stage.openAs(manager, `/patients/${patientId}?tab=home-visits&visit=${visit.id}`, {
    size,
    locale,
  })
  await staff.getByText(locale === 'en' ? /withdrew the photos in My health/ : /在“我的健康”里撤回了照片/).waitFor()
  expect(await axe(staff)).toEqual([])
  await screenshot(staff, `own-photos-staff-${size}`)
  await staff.context().close()
})
