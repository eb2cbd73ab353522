import { expect, test } from 'vitest'
import { assignCarers, registerPatient } from '../../src/rooms/patient/server/index.ts'
import { installShippedTags, setRoomTag } from '../../src/rooms/tag/server/index.ts'
import { aStage, axe, screenshot } from './browser.ts'

const stage = await aStage()
const { house } = stage
await house.write((ctx) => installShippedTags(ctx))

test.each([
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
] as const)('what recommendations rest on, taken out and put back, on a %s in %s', async (size, locale) => {
  const words =
    locale === 'en'
      ? {
          title: 'What recommendations rest on',
          refuse: 'Recommend nothing by this',
          undo: 'Undo',
          off: 'Not used, as you wish',
        }
      : { title: '为您推荐的依据', refuse: '不再据此推荐', undo: '撤销', off: '您不要再用的' }
  const doctor = await house.as('physician', { name: '陈立' })
  const id = await house.write((ctx) =>
    registerPatient(ctx, { name: '赵平安', sex: 'male', birthDate: '1960-03-21' } as never),
  )
  await house.write((ctx) => assignCarers(ctx, id, { doctorId: doctor.staffId } as never))
  for (const code of ['risk-diabetes-high', 'constitution-tanshi', 'bereaved'])
    await house.write((ctx) => setRoomTag(ctx, id, code))
  const { token } = await house.asPatient(id)
  const page = await stage.open('/my', { size, locale })
  await page.context().addCookies([{ name: 'peiban_patient', value: token, url: stage.url, httpOnly: true }])
  await page.goto(`${stage.url}/my`)
  await page.getByRole('link', { name: new RegExp(words.title) }).click()
  await page.getByRole('button', { name: words.refuse }).nth(1).waitFor()
  await expect.poll(() => page.getByRole('button', { name: words.refuse }).count()).toBe(2)
  expect(await axe(page)).toEqual([])
  await screenshot(page, `grounds-${size}`)
  await page.getByRole('button', { name: words.refuse }).first().click()
  await page.getByRole('heading', { name: words.off }).waitFor()
  expect(await axe(page)).toEqual([])
  await screenshot(page, `grounds-refused-${size}`)
  await page.getByRole('button', { name: words.undo }).click()
  await expect.poll(() => page.getByRole('button', { name: words.refuse }).count()).toBe(2)
  await page.context().close()
})
