import type { Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'
import { closeRenderer } from '../../src/rooms/health-report/server/index.ts'
import { aTalkClinic } from '../../src/rooms/interpretation/sample-talk.ts'
import { openWay } from '../../src/rooms/patient-access/server/index.ts'
import { raiseAlert } from '../../src/rooms/alert/server/index.ts'
import { aStage, axe, screenshot } from './browser.ts'
import { settled } from './settled.ts'

/** A talk from the question on a phone to what the person reads afterwards. */
const stage = await aStage()
const clinic = await aTalkClinic(stage.house)
const { house, doctor, manager } = clinic
const start = house.clock.now()
afterAll(closeRenderer)

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

/** The person's own pages, entered by a link and the date of birth. */
async function comeIn(patientId: string, path: string, size: 'phone' | 'desktop', locale?: 'en'): Promise<Page> {
  const { link } = await house.write((ctx) => openWay(ctx, patientId, { page: path }))
  const page = await stage.open(new URL(link).pathname, { size, at: house.clock.now(), ...(locale ? { locale } : {}) })
  await page.getByLabel(locale ? 'Date of birth' : '出生日期').fill('1961-05-12')
  await press(page, locale ? 'Open' : '打开')
  return page
}

describe.each(['phone', 'desktop'] as const)('on a %s', (size) => {
  test('asked, offered, booked, talked about, read', async () => {
    await clinic.travel(start)
    const { patientId, reportId } = await clinic.aReader({ name: '欧阳淑敏' })
    const phone = await comeIn(patientId, `/my/report/${reportId}`, size)
    await phone.getByRole('link', { name: '请医生讲一讲' }).click()
    await phone.getByLabel('最想弄明白的是…').fill('血压高了一点，是不是要一直吃药？')
    expect(await axe(phone)).toEqual([])
    await screenshot(phone, `talk-ask-${size}`)
    await press(phone, '告诉医生')
    await phone.getByText('我们正在给您找时间').waitFor()

    const desk = await stage.openAs(doctor, '/interpretation-times', { size, at: start })
    await desk.getByRole('button', { name: '放出时间' }).first().click()
    await desk.getByLabel('哪一天').fill(size === 'phone' ? '2026-03-05' : '2026-03-04')
    await desk.keyboard.press('Enter')
    await desk.getByLabel('从几点').fill('14:00')
    await desk.getByLabel('到几点').fill('16:00')
    await screenshot(desk, `talk-times-form-${size}`)
    await desk.getByRole('dialog').getByRole('button', { name: '放出时间' }).click()
    await desk.getByText('14:00').first().waitFor()
    expect(await axe(desk)).toEqual([])
    await screenshot(desk, `talk-times-${size}`)

    const nurse = await stage.openAs(manager, '/interpretations?list=waiting', { size, at: start })
    await nurse.getByText('血压高了一点').first().waitFor()
    expect(await axe(nurse)).toEqual([])
    await screenshot(nurse, `talk-board-${size}`)
    await nurse.getByText('欧阳淑敏').first().click()
    await press(nurse, '给客户发时间')
    for (const n of [0, 2, 3]) await nurse.getByRole('dialog').getByRole('checkbox').nth(n).check()
    expect(await axe(nurse, '[role=dialog]')).toEqual([])
    await screenshot(nurse, `talk-offer-${size}`)
    await press(nurse, '把 3 个时间发给客户')
    await nurse.getByText('还有 3 个时间可以挑').first().waitFor()

    await phone.reload()
    await phone.getByRole('radio').first().waitFor()
    expect(await axe(phone)).toEqual([])
    await screenshot(phone, `talk-choose-${size}`)
    await phone.getByRole('radio').first().check()
    await press(phone, '就这个时间')
    await phone.getByRole('heading', { name: '约好了' }).waitFor()
    await phone
      .getByText(/3月[45]日（周[三四]）14:00/)
      .first()
      .waitFor()
    expect(await axe(phone)).toEqual([])
    await screenshot(phone, `talk-booked-${size}`)

    const slot = await house.house.databases
      .of(house.tenant.id)
      .selectFrom('interpretation_order as o')
      .innerJoin('interpretation_slot as s', 's.id', 'o.slot_id')
      .select(['o.id', 's.starts_at'])
      .where('o.patient_id', '=', patientId)
      .executeTakeFirstOrThrow()
    await house.write((ctx) =>
      raiseAlert(ctx, { patientId, class: 'A', title: '胸片提示要尽快看', source: 'test', sourceKey: patientId }),
    )
    await clinic.travel(slot.starts_at)
    const talk = await stage.openAs(doctor, `/interpretations/${slot.id}`, { size, at: slot.starts_at })
    await talk.getByText('血压高了一点').first().waitFor()
    expect(await axe(talk)).toEqual([])
    await screenshot(talk, `talk-page-${size}`)
    await talk.getByRole('checkbox', { name: /已经告诉本人/ }).check()
    await talk.getByLabel('客户是怎么复述的').fill('知道了，这周就去拍一次片子')
    await talk.getByRole('radio', { name: '过一段时间复查' }).check()
    await talk
      .getByLabel('这份报告说明什么')
      .fill('血压和血糖比参考范围高一点，和去年比高了一些。依从性好的话先不用吃药。')
    await talk.getByText('按医生说的去做').waitFor()
    await talk
      .getByLabel('这份报告说明什么')
      .fill('血压和血糖比参考范围高一点，和去年比高了一些。先不用吃药，从少盐和走路做起。')
    await press(talk, '加一种做法')
    await talk.getByLabel('做法').fill('先改吃饭和走路')
    await talk.getByLabel('好处').fill('不用吃药，对全身都好')
    await talk.getByLabel('麻烦和不足').fill('要坚持两三个月才看得出来')
    await talk.getByLabel('什么都不做会怎样').fill('多半会慢慢再高一点')
    await talk.getByLabel('做什么').first().fill('在家每天早晚各量一次血压')
    await talk.getByLabel('什么时候').first().fill('接下来两周')
    await talk.getByRole('checkbox', { name: '请客户自愿复查' }).check()
    await talk.getByLabel('查什么').fill('空腹血糖')
    for (const [label, day] of [
      ['从哪天起', '2026-06-01'],
      ['到哪天', '2026-06-30'],
    ] as const) {
      await talk.getByLabel(label, { exact: true }).fill(day)
      await talk.keyboard.press('Enter')
    }
    await talk.getByRole('checkbox', { name: '接下来每个月联系一次' }).check()
    await talk.getByLabel('联系几个月').fill('3')
    await talk.getByLabel('为什么联系').fill('看看血压量得怎么样')
    await talk.getByRole('radio', { name: '说得出来' }).check()
    await talk.getByLabel('客户是怎么说的').fill('先少盐、多走，六月再查一次血糖')
    expect(await axe(talk)).toEqual([])
    await screenshot(talk, `talk-written-${size}`)
    await press(talk, /^签\s?名$/)
    await talk.getByText('医生写的要点').waitFor()
    await screenshot(talk, `talk-signed-${size}`)

    const home = await comeIn(patientId, '/my', size)
    await home.getByRole('link', { name: '看医生写的要点' }).waitFor()
    await screenshot(home, `talk-home-${size}`)
    await home.getByRole('link', { name: '看医生写的要点' }).click()
    await home.getByRole('heading', { name: '过一段时间再查一次' }).waitFor()
    await home.getByText('查不查由您决定').waitFor()
    await press(home, '到时候提醒我')
    await home.getByText('到时候会提醒您。').waitFor()
    await home.getByLabel('写下来，医生会回答您').fill('您说少吃盐，一天到底能吃多少？')
    await press(home, '问医生')
    await home.getByText('医生还没有回答').waitFor()
    expect(await axe(home)).toEqual([])
    await screenshot(home, `talk-read-${size}`)
    await home.evaluate(() => scrollTo(0, document.body.scrollHeight))
    await screenshot(home, `talk-read-end-${size}`)
    await home.getByRole('button', { name: /大字/ }).first().click()
    await home.evaluate(() => scrollTo(0, 0))
    await screenshot(home, `talk-read-large-${size}`)

    const answer = await stage.openAs(doctor, `/interpretations?list=questions&order=${slot.id}`, {
      size,
      at: slot.starts_at,
    })
    await answer.getByLabel('回答').fill('大约一个啤酒瓶盖那么多。')
    await press(answer, '发给客户')
    await answer.getByText('张文远 回答').waitFor()
    await screenshot(answer, `talk-answered-${size}`)
    const tab = await stage.openAs(manager, `/patients/${patientId}?tab=interpretation`, { size, at: slot.starts_at })
    await tab.getByText('血压高了一点').first().waitFor()
    expect(await axe(tab)).toEqual([])
    await screenshot(tab, `talk-tab-${size}`)
    for (const page of [phone, desk, nurse, talk, home, answer, tab]) await page.context().close()
  }, 240_000)
})

test('in English, and by the keyboard: a list opens and a time is chosen without a mouse', async () => {
  await clinic.travel(start)
  const { patientId, reportId } = await clinic.aReader({ name: '王秀英' })
  const me = await house.asPatient(patientId)
  const { askForOne } = await import('../../src/rooms/interpretation/contract/own.ts')
  await me.call(askForOne, { body: { reportId: reportId as never, question: '想知道要不要吃药' } })
  await clinic.someTimes({ on: '2026-03-10' })
  const nurse = await stage.openAs(manager, '/interpretations?list=waiting', { locale: 'en', at: start })
  await nurse.getByText('王秀英').first().waitFor()
  await screenshot(nurse, 'talk-board-en')
  await nurse.locator('.pb-row-link', { hasText: '王秀英' }).focus()
  await nurse.keyboard.press('Enter')
  // A drawer takes the focus as it opens: who is quicker than that would press into nothing.
  await nurse.getByRole('button', { name: 'Book a time' }).waitFor()
  await settled(nurse)
  await nurse.getByRole('button', { name: 'Book a time' }).focus()
  await nurse.keyboard.press('Enter')
  await nurse.getByRole('radio').first().waitFor()
  await settled(nurse)
  await nurse.getByRole('radio').first().focus()
  await nurse.keyboard.press('Space')
  await screenshot(nurse, 'talk-book-en')
  await nurse.getByRole('button', { name: 'Book this time' }).focus()
  await nurse.keyboard.press('Enter')
  await nurse.getByText('Booked').first().waitFor()
  const page = await comeIn(patientId, '/my', 'phone', 'en')
  await page.getByText('Your report explained').waitFor()
  await screenshot(page, 'talk-home-en')
  await nurse.context().close()
  await page.context().close()
})
