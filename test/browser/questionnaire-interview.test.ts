import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { addMedication, recordObservations } from '../../src/rooms/observation/server/index.ts'
import { installShippedQuestionnaires } from '../../src/rooms/questionnaire/server/index.ts'
import { answerForPatient, invitePatient, responsesOf } from '../../src/rooms/questionnaire/contract/questionnaire.ts'
import {
  aPatientOf,
  aTeam,
  publish,
  responseOf,
  VISIT_FORM,
  type Team,
} from '../../src/rooms/questionnaire/sample-form.ts'
import { aStage, axe, screenshot } from './browser.ts'
import { settled } from './settled.ts'

const stage = await aStage()
const { house } = stage
let team: Team

beforeAll(async () => {
  team = await aTeam(house)
  await house.write(installShippedQuestionnaires)
  await publish(house, 'visit', VISIT_FORM)
})

/** Somebody whose weight and medicines are on file. */
async function aKnownPatient(): Promise<never> {
  const patientId = await aPatientOf(house, team)
  await house.write(async (ctx) => {
    await recordObservations(ctx, [
      {
        id: ctx.ids.next(),
        patientId,
        code: 'weight',
        value: 71.5,
        unit: 'kg',
        effectiveAt: ctx.clock.now(),
        source: 'lab',
      },
    ])
    await addMedication(ctx, { patientId, name: '氨氯地平', dose: '5 mg 每日一次' })
  })
  return patientId
}

const tab = (patientId: never) => `/patients/${patientId as string}?tab=questionnaires`
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click()

describe.each(['desktop', 'phone'] as const)('S1-17 on a %s', (size) => {
  test('a colleague asks only what the record does not know, by keys, and goes on where they stopped', async () => {
    const patientId = await aKnownPatient()
    const page = await stage.openAs(team.physician, tab(patientId), { size })
    await press(page, '代填')
    // The list is longer than it shows at once: what is typed finds it.
    await page.getByLabel('选哪一份').fill('患者健康')
    await page
      .locator('.ant-select-dropdown:visible')
      .getByText(/患者健康问卷/)
      .click()
    await press(page, '开始')
    await page.getByText('数字键选答案').waitFor()
    await settled(page)
    await page.getByRole('radio').first().focus()
    for (let n = 1; n <= 9; n++) {
      await page.keyboard.press(n === 2 ? '3' : '2')
      if (n < 9) await page.keyboard.press('Enter')
    }
    await screenshot(page, `interview-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByText('已保存').waitFor()
    await page.reload()
    await page.getByText('接着上次的地方继续').waitFor()
    await press(page, '交卷')
    await page.getByText('答案让人担心本人安全，请现在就联系').waitFor()
    await screenshot(page, `interview-urgent-${size}`)
    expect(await axe(page)).toEqual([])
    const { rows } = await team.physician.call(responsesOf, { params: { patientId } })
    expect(rows).toMatchObject([{ author: 'staff', scores: [{ value: 10, band: 'moderate' }] }])
    await page.context().close()
  })

  test('what is on file is shown with its date; a correction shows what it changes and wants a reason', async () => {
    const patientId = await aKnownPatient()
    const page = await stage.openAs(team.manager, `/questionnaire-interviews/${patientId as string}?code=visit`, {
      size,
    })
    await page.getByText('71.5 kg').waitFor()
    await expect.poll(() => page.getByText('氨氯地平 5 mg 每日一次').count()).toBe(1)
    await settled(page)
    expect(await page.getByLabel('体重').count()).toBe(0)
    await press(page, '交卷')
    await page.getByText('这一题需要回答。').waitFor()
    await page.getByLabel('最想说的事').fill('夜里睡不好')
    await screenshot(page, `interview-known-${size}`)
    expect(await axe(page)).toEqual([])
    await press(page, /^改\s?体重/)
    await page.getByLabel('体重').fill('73')
    await press(page, '交卷')
    await page.getByText('答案已归入档案').waitFor()
    await page.getByText('夜里睡不好').waitFor()
    await press(page, '更正')
    await page.getByText('还没有改动。').waitFor()
    await page.getByLabel('最想说的事').fill('夜里睡不好，白天没精神')
    await page.getByLabel('为什么更正').fill('客户补充')
    await page.locator('del').waitFor()
    await screenshot(page, `correction-${size}`)
    expect(await axe(page)).toEqual([])
    await press(page, '保存更正')
    await page.getByText('更正原因：客户补充').waitFor()
    await expect.poll(() => page.locator('ins').textContent()).toBe('夜里睡不好，白天没精神')
    await screenshot(page, `corrected-${size}`)
    expect(await axe(page)).toEqual([])
    await page.context().close()
  })
})

test('S1-17 on the phone of the person: what is on file is not asked, and may be changed at the end', async () => {
  const patientId = await aKnownPatient()
  const { link } = await team.manager.call(invitePatient, { params: { patientId }, body: { code: 'visit' } })
  const page = await stage.open(new URL(link).pathname, { size: 'phone' })
  await page.getByLabel('出生日期').fill('1970-05-06')
  await press(page, '打开问卷')
  const heading = () => page.locator('h1').first().textContent()
  await expect.poll(heading).toBe('身高')
  await page.getByText('有 2 项档案中已有').waitFor()
  await press(page, '这题先不答')
  await expect.poll(heading).toBe('最想说的事')
  await page.getByRole('textbox').fill('夜里睡不好')
  await press(page, '下一题')
  await expect.poll(heading).toBe('都答完了')
  await page.getByText('71.5 kg').waitFor()
  await screenshot(page, 'link-known-phone')
  expect(await axe(page)).toEqual([])
  await press(page, /^改\s?体重/)
  await expect.poll(heading).toBe('体重')
  await page.getByRole('textbox').fill('73')
  await press(page, '下一题')
  for (let here = '体重'; here !== '都答完了';) {
    await expect.poll(heading).not.toBe(here)
    here = (await heading())!
    if (here !== '都答完了') await press(page, /下一题|这题先不答/)
  }
  await press(page, '交卷')
  await expect.poll(heading).toBe('谢谢您，已经收到')
  const { rows } = await team.manager.call(responsesOf, { params: { patientId } })
  expect(rows).toHaveLength(1)
  await page.context().close()
})

test('without permission there is no page', async () => {
  const patientId = await aPatientOf(house, team)
  const page = await stage.openAs('sales-manager', `/questionnaire-interviews/${patientId as string}?code=visit`)
  await page.getByText('您的角色没有这项权限').first().waitFor()
  await settled(page)
  expect(await page.getByRole('radio').count()).toBe(0)
  expect(await page.getByText('数字键选答案').count()).toBe(0)
  await page.context().close()
})

describe.each([
  ['desktop', 'zh-CN'],
  ['phone', 'zh-CN'],
  ['desktop', 'en'],
] as const)('S1-6 before the visit on a %s in %s', (size, locale) => {
  const calm = { chest: false, breath: false, stroke: false }
  const before = {
    ...calm,
    head: false,
    worry: '早上起来头有点晕，想问要不要换药。',
    sbp: 146,
    dbp: 88,
    adherence: { code: 'always' },
    salt: { code: 'salty' },
    smoking: { code: 'current' },
    alcohol: { code: 'often' },
    drugs: '氨氯地平，每天一片',
    weight: 78,
  }
  const now = {
    ...calm,
    head: true,
    worry: '昨天夜里头痛得厉害，还吐了一次，家里人担心是中风。',
    sbp: 168,
    dbp: 102,
    effects: '脚踝有点肿',
    salt: { code: 'light' },
    smoking: { code: 'current' },
    alcohol: { code: 'occasional' },
    drugs: '氨氯地平，每天一片；有时忘记',
    weight: 79.5,
    questions: '要不要住院查一查？降压药能不能换一种不肿脚的？',
  }

  test('worry first, danger, what is out of range, what changed: on one screen', async () => {
    const patientId = await aPatientOf(house, team)
    for (const answers of [before, now]) {
      const body = {
        code: 'intake-hypertension',
        version: 1,
        submission: randomUUID(),
        response: responseOf(answers as never),
      }
      await team.physician.call(answerForPatient, { params: { patientId }, body })
      house.clock.advance({ minutes: 5 })
    }
    const page = await stage.openAs(team.physician, tab(patientId), { size, locale })
    const card = page.getByRole('region', { name: locale === 'en' ? 'Before the visit' : '就诊前摘要' })
    await card.getByText('168 mmHg').first().waitFor()
    await settled(page)
    const text = (await card.textContent())!
    const order = [
      '昨天夜里头痛得厉害',
      locale === 'en' ? '1 sign of danger' : '危险信号',
      '168 mmHg',
      locale === 'en' ? 'Since last time' : '和上次比',
    ]
    const places = order.map((words) => text.indexOf(words))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
    await screenshot(page, `before-visit-${size}-${locale}`)
    expect(await axe(page)).toEqual([])
    const { height } = (await card.boundingBox())!
    // Of a screen of 900 the header of the person and the tabs leave so much; on a phone it is scrolled.
    if (size === 'desktop') expect(height).toBeLessThanOrEqual(620)
    await page.context().close()
  })
})
