import type { Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { aPerson, evaluate, pass, signedIn } from '../../src/rooms/follow-up/sample-plan.ts'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'

/** A nurse at somebody's door, with a phone, a camera and a line that comes and goes. */
const now = thisMorning()
const stage = await aStage({ now: new Date(now.getTime() - 21 * 86_400_000).toISOString() })
const { house } = stage
const nurse = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '陈医生' })
let wang: string

beforeAll(async () => {
  await house.write(installShippedProtocols)
  const carers = { managerId: nurse.staffId, doctorId: doctor.staffId }
  wang = await aPerson(house, { ...carers, name: '王秀英', birthDate: '1948-04-02', condition: 'I10' })
  await evaluate(house)
  for (let week = 0; week < 3; week++) await pass(house, 7)
}, 120_000)

const db = () => house.house.databases.of(house.tenant.id)
/** The nurse, signed in anew: the clock has moved; her phone's says the same as the house's. */
const again = () => signedIn(house, nurse.staffId)
const at = () => house.clock.now()
const dueVisit = async () =>
  (
    await db()
      .selectFrom('occurrence')
      .select('id')
      .where('patient_id', '=', wang)
      .where('state', '=', 'due')
      .orderBy('due_on')
      .limit(1)
      .executeTakeFirstOrThrow()
  ).id
const visits = () => db().selectFrom('home_visit').selectAll().orderBy('recorded_at').execute()
const photos = () => db().selectFrom('home_visit_photo').selectAll().execute()

/** A photo as a camera would make it, drawn in the page. */
async function takePhoto(page: Page): Promise<void> {
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 2400
    canvas.height = 1800
    const pen = canvas.getContext('2d')!
    const sky = pen.createLinearGradient(0, 0, 0, 1800)
    sky.addColorStop(0, '#d9c8a9')
    sky.addColorStop(1, '#8a6f4d')
    pen.fillStyle = sky
    pen.fillRect(0, 0, 2400, 1800)
    pen.fillStyle = '#ffffff'
    for (let n = 0; n < 7; n++) pen.fillRect(260 + n * 280, 700, 200, 420)
    const blob = await new Promise<Blob>((resolve) => canvas.toBlob((made) => resolve(made!), 'image/jpeg'))
    return [...new Uint8Array(await blob.arrayBuffer())]
  })
  const file = { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) }
  await page.locator('input[type=file]').setInputFiles(file)
}

const fill = async (page: Page) => {
  await page.getByLabel('地址', { exact: true }).last().fill('和平街 3 号院 2 号楼 501')
  // When she left she says as she leaves.
  await page.getByRole('button', { name: '现在' }).nth(1).click()
  await page.getByLabel('客户本人').first().check()
  await page.getByLabel('子女').check()
  await page.getByLabel('看到了什么，聊了什么').fill('药盒里前两天的药还在，说是忘了。卫生间没有扶手，地上有水。')
  await page.getByLabel('约好了什么').fill('女儿这周装扶手；周四再打电话问药。')
}

test(
  'from a follow-up, on a phone, with the line gone: written once, with its photos, and the form comes next',
  { timeout: 240_000 },
  async () => {
    const followUp = await dueVisit()
    const page = await stage.openAs(await again(), `/follow-ups?visit=${followUp}`, { size: 'phone', at: at() })
    await page.getByRole('button', { name: '上门，记录家访' }).click()
    await page.getByRole('heading', { name: '记录家访' }).waitFor()
    await page.context().grantPermissions(['geolocation'])
    await page.context().setGeolocation({ latitude: 31.230_416, longitude: 121.473_701 })
    await screenshot(page, 'home-visit-form-phone')
    await fill(page)
    await page.getByText('要留意').first().click()
    await page.getByRole('button', { name: '记下大致位置' }).click()
    await page.getByText(/北纬 31\.23，东经 121\.474/).waitFor()
    // The camera opens only after a yes.
    await settled(page)
    expect(await page.locator('input[type=file]').count()).toBe(0)
    await page.getByLabel('同意', { exact: true }).check()
    await takePhoto(page)
    await page.getByRole('img', { name: '照片 1' }).waitFor()
    await takePhoto(page)
    await page.getByRole('img', { name: '照片 2' }).waitFor()
    await screenshot(page, 'home-visit-filled-phone')
    expect(await axe(page)).toEqual([])

    await page.context().setOffline(true)
    await page.getByRole('button', { name: '保存家访' }).click()
    await page.getByText('还没有连上，写的内容都在这个页面里').waitFor()
    await screenshot(page, 'home-visit-waiting-phone')
    await page.getByLabel('约好了什么').fill('女儿这周装扶手；周四、周日再打电话问药。')
    expect(await visits()).toHaveLength(0)
    await page.context().setOffline(false)

    // What comes next is the form of the follow-up, with its way already chosen.
    await page.getByRole('button', { name: '完成随访' }).waitFor()
    await expect.poll(() => page.getByRole('radio', { name: '家庭' }).isChecked()).toBe(true)
    const [visit, ...more] = await visits()
    expect(more).toEqual([])
    expect(visit).toMatchObject({ follow_up_id: followUp, state: 'stands' })
    await expect.poll(photos).toHaveLength(2)
    await page.getByRole('region', { name: '家访记录' }).getByText('见到了').waitFor()
    await screenshot(page, 'home-visit-follow-up-phone')
    await page.context().close()
  },
)

test(
  'saved with something missing, the first of it comes into sight and takes the keys',
  { timeout: 120_000 },
  async () => {
    const page = await stage.openAs(await again(), `/home-visits/new?patient=${wang}`, { size: 'phone', at: at() })
    await page.getByRole('button', { name: '保存家访' }).click()
    const missing = page.getByText('请填写离开')
    await missing.waitFor()
    const inSight = () =>
      missing.evaluate((it) => {
        const { top, bottom } = it.getBoundingClientRect()
        return top > 60 && bottom < innerHeight - 60
      })
    await expect.poll(inSight).toBe(true)
    await expect
      .poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).type))
      .toBe('datetime-local')
    await screenshot(page, 'home-visit-missing-phone')
    await page.context().close()
  },
)

test('what was typed is still there after the page was loaded anew', { timeout: 120_000 }, async () => {
  const page = await stage.openAs(await again(), `/home-visits/new?patient=${wang}`, { size: 'phone', at: at() })
  await page.getByText(/还是上次的地址：和平街/).waitFor()
  await page.getByLabel('客户本人').first().check()
  await page.getByLabel('看到了什么，聊了什么').fill('写到一半')
  await page.reload()
  await expect.poll(() => page.getByLabel('看到了什么，聊了什么').inputValue()).toBe('写到一半')
  await page.context().close()
})

test('in the file: read, a photo opened, everything taken away with a no', { timeout: 240_000 }, async () => {
  const page = await stage.openAs(await again(), `/patients/${wang}?tab=home-visits`)
  await page.getByRole('button', { name: '记录家访' }).waitFor()
  await page.getByText('药盒里前两天的药还在').first().waitFor()
  await screenshot(page, 'home-visit-list-desktop')
  await page.getByText('见到了').first().click()
  await page.getByText('和平街 3 号院 2 号楼 501').waitFor()
  await page.getByRole('button', { name: '打开', exact: true }).first().click()
  const picture = page.getByRole('img', { name: '照片 1' })
  await picture.waitFor()
  await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(2000)
  await screenshot(page, 'home-visit-open-desktop')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '不同意了，删除照片' }).click()
  await page.getByText('照片马上打不开，也不能恢复').waitFor()
  await page.getByRole('dialog').last().getByRole('button', { name: '不同意了，删除照片' }).click()
  await page.getByText('已撤回', { exact: true }).nth(1).waitFor()
  await page.context().close()

  const file = await stage.openAs(await again(), `/patients/${wang}?tab=timeline`)
  await file.getByText('上门见到了').first().waitFor()
  await screenshot(file, 'home-visit-timeline-desktop')
  await file.context().close()
})

test('without a visit the list says what will be there; in English as well', { timeout: 120_000 }, async () => {
  const page = await stage.openAs('physician', '/home-visits')
  await page.getByText('还没有家访').waitFor()
  await screenshot(page, 'home-visit-empty-desktop')
  await page.context().close()
  const english = await stage.openAs(await again(), `/home-visits/new?patient=${wang}`, { locale: 'en', at: at() })
  await english.getByText('Who was there').first().waitFor()
  await screenshot(english, 'home-visit-form-english-desktop')
  expect(await axe(english)).toEqual([])
  await english.context().close()
  const phone = await stage.openAs(await again(), '/home-visits', { size: 'phone', at: at() })
  await phone.getByText('王秀英').first().waitFor()
  await screenshot(phone, 'home-visit-list-phone')
  await phone.context().close()
})
