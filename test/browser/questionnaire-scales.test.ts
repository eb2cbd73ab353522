import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { invitePatient, responsesOf } from '../../src/rooms/questionnaire/contract/questionnaire.ts'
import { installShippedQuestionnaires } from '../../src/rooms/questionnaire/server/index.ts'
import { aPatientOf, aTeam, type Team } from '../../src/rooms/questionnaire/sample-form.ts'
import { aStage, axe, screenshot } from './browser.ts'

/**
 * Four scales, answered by hand on a phone of 390 px, question by question. What they come to is held against the
 * instruments' own vectors, which were computed apart from the engine.
 */
const stage = await aStage()
const { house } = stage
let team: Team

beforeAll(async () => {
  team = await aTeam(house)
  await house.write(installShippedQuestionnaires)
})

interface Vector<Input, Expected> {
  id: string
  input: Input
  expected: Expected
}

function vectorsOf<Input, Expected>(scale: string, ids: readonly string[]): Vector<Input, Expected>[] {
  const file = join(import.meta.dirname, `../../src/clinical/instrument/scale/${scale}/vectors.json`)
  const content = JSON.parse(readFileSync(file, 'utf8')) as Vector<Input, Expected>[]
  const found = content.filter(({ id }) => ids.includes(id))
  expect(found.map(({ id }) => id)).toEqual(ids)
  return found
}

type Sums = Vector<{ items: number[] }, { total: number; band: string }>
type Week = Record<'vigorous' | 'moderate' | 'walking', { days: number; min: number }>

const heading = (page: Page) => page.locator('h1').first()
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
/** To the next question, and not before it is there. */
async function forward(page: Page): Promise<void> {
  const here = await heading(page).textContent()
  await press(page, '下一题')
  await expect.poll(() => heading(page).textContent()).not.toBe(here)
}

async function open(code: string): Promise<{ page: Page; patientId: never }> {
  const patientId = await aPatientOf(house, team)
  const { link } = await team.physician.call(invitePatient, { params: { patientId }, body: { code } })
  const page = await stage.open(new URL(link).pathname, { size: 'phone' })
  await page.getByLabel('出生日期').fill('1970-05-06')
  await press(page, '打开问卷')
  return { page, patientId }
}

/** Chooses the nth option of each question; the first answer of a scale of mood is worth 0, of the constitution 1. */
async function choose(page: Page, options: readonly number[]): Promise<void> {
  for (const [n, option] of options.entries()) {
    await expect.poll(() => heading(page).textContent()).toMatch(new RegExp(`^${n + 1}\\.`))
    await page.getByRole('radio').nth(option).click()
    await forward(page)
  }
}

async function handIn(page: Page): Promise<string> {
  const end = page.getByText('都答完了')
  const skip = page.getByRole('button', { name: '这题先不答', exact: true })
  await end.or(skip).first().waitFor()
  if (await skip.isVisible()) await skip.click()
  await end.waitFor()
  expect(await axe(page)).toEqual([])
  await press(page, '交卷')
  await page.locator('.pp-notice').waitFor()
  return (await page.locator('.pp-notice').textContent())!
}

const scoresOf = async (patientId: never) => {
  const { rows } = await team.physician.call(responsesOf, { params: { patientId } })
  return rows[0]!.scores
}

describe.each([
  ['phq-9', vectorsOf('phq-9', ['phq9-2', 'phq9-5', 'phq9-8']) as Sums[]],
  ['gad-7', vectorsOf('gad-7', ['gad7-2', 'gad7-5', 'gad7-8']) as Sums[]],
] as const)('%s on a phone', (code, vectors) => {
  test.each(vectors)('$id', async ({ id, input, expected }) => {
    const { page, patientId } = await open(code)
    await choose(page, input.items)
    const told = await handIn(page)
    // A scale of the mind is explained by a person: its score is not told to whoever answered.
    expect(told).not.toContain(`${expected.total} 分`)
    await screenshot(page, `scale-${id}`)
    expect(await scoresOf(patientId)).toMatchObject([{ value: expected.total, band: expected.band }])
    await page.context().close()
  })
})

describe('IPAQ short form on a phone', () => {
  const vectors = vectorsOf<Week, { metMinWeek: number; category: string }>('ipaq-sf', ['ipaq-2', 'ipaq-4', 'ipaq-8'])
  test.each(vectors)('$id', async ({ id, input, expected }) => {
    const { page, patientId } = await open('ipaq-sf')
    for (const [kind, word] of Object.entries({ vigorous: '剧烈', moderate: '适度', walking: '步行' })) {
      const { days, min } = input[kind as keyof Week]
      await expect.poll(() => heading(page).textContent()).toMatch(new RegExp(`几天.*${word}`))
      await page.getByRole('textbox').fill(String(days))
      await forward(page)
      if (days === 0) continue
      await expect.poll(() => heading(page).textContent()).toContain('其中一天')
      await page.getByRole('textbox').fill(String(min))
      await forward(page)
    }
    const told = await handIn(page)
    await screenshot(page, `scale-${id}`)
    const [score] = await scoresOf(patientId)
    expect([score!.value, score!.band]).toEqual([expect.closeTo(expected.metMinWeek, 6), expected.category])
    expect(told).toContain(score!.bandText!.zh)
    expect(told).toContain('不是诊断')
    await page.context().close()
  })
})

describe('体质 33 on a phone', () => {
  const vectors = vectorsOf<{ items: number[] }, { scores: Record<string, number>; result: Record<string, string> }>(
    'tcm-constitution-elderly-33',
    ['eld-5'],
  )
  test.each(vectors)('$id', async ({ id, input, expected }) => {
    const { page, patientId } = await open('constitution-33')
    await choose(
      page,
      input.items.map((points) => points - 1),
    )
    const told = await handIn(page)
    await screenshot(page, `scale-${id}`)
    const scores = await scoresOf(patientId)
    expect(Object.fromEntries(scores.map(({ code, value }) => [code, value]))).toEqual(expected.scores)
    expect(Object.fromEntries(scores.map(({ code, band }) => [code, band]))).toEqual(expected.result)
    for (const { bandText } of scores) expect(told).toContain(bandText!.zh)
    await page.context().close()
  })
})

describe('numbers as people type them', () => {
  test('full-width digits count, and a number in another unit is asked for again, not lost', async () => {
    const { page, patientId } = await open('findrisc')
    // 性别 is not on file here; 年纪 is, by the date of birth.
    await page.getByRole('radio').nth(0).click()
    await press(page, '下一题')
    await expect.poll(() => heading(page).textContent()).toContain('身高')
    await page.getByRole('textbox').fill('１７０')
    await press(page, '下一题')
    await expect.poll(() => heading(page).textContent()).toContain('体重')
    await page.getByRole('textbox').fill('130斤')
    await press(page, '下一题')
    await page.getByRole('alert').getByText('请填一个数字。').waitFor()
    await screenshot(page, 'scale-number')
    await page.getByRole('textbox').fill('65，5')
    await forward(page)
    await page.getByRole('textbox').fill('88')
    await forward(page)
    for (let n = 0; n < 5; n++) {
      await page.getByRole('radio').nth(0).click()
      await forward(page)
    }
    await handIn(page)
    // 55 years 3, 22.7 kg/m² 0, a waist of 88 in a man 0; the rest at the first answer.
    expect(await scoresOf(patientId)).toMatchObject([{ code: 'score', value: 3, band: 'low' }])
    await page.context().close()
  })
})

describe('a scale whose wording the institution brings', () => {
  const items = Array.from({ length: 7 }, (_, n) => `${n + 1}、请回答本机构自备的第 ${n + 1} 条内容`)

  test('it waits for its words; pasted, read over and drafted, a colleague can publish it', async () => {
    const editor = await house.as('content-editor', { name: '陈小雨' })
    const page = await stage.openAs(editor, '/questionnaires')
    await page.getByRole('button', { name: /自备文字的量表$/ }).click()
    await page.getByText('失眠严重程度指数（ISI）').first().waitFor()
    await page.getByText('需要自备题目文字').first().waitFor()
    expect(await axe(page)).toEqual([])
    await screenshot(page, 'template-list')
    await page.getByText('失眠严重程度指数（ISI）').first().click()
    await page.getByRole('heading', { name: '失眠严重程度指数（ISI）' }).waitFor()
    await page.getByText('还缺 12 条').waitFor()
    const make = page.getByRole('button', { name: /生\s?成\s?草\s?稿/ })
    await expect.poll(() => make.isDisabled()).toBe(true)
    await page.getByLabel('或把内容粘贴在这里').fill(items.slice(1).join('\n'))
    await page.getByRole('button', { name: /读\s?取/ }).click()
    await page.getByText('这里有 6 行，量表有 7 题').waitFor()
    await page.getByLabel('或把内容粘贴在这里').fill(items.join('\n'))
    await page.getByRole('button', { name: /读\s?取/ }).click()
    await page.getByText('读到 7 条文字。').waitFor()
    await page.getByText('还缺 5 条').waitFor()
    for (let points = 0; points < 5; points++)
      await page.getByLabel(`各题共用的答案，${points} 分 中文`).fill(`第 ${points} 档`)
    await page.getByText('文字齐了').waitFor()
    await page.getByLabel('凭什么可以用这些文字').fill('授权书 2026-017')
    expect(await axe(page)).toEqual([])
    await screenshot(page, 'template-isi')
    await page.getByText('isi-2', { exact: true }).scrollIntoViewIfNeeded()
    await screenshot(page, 'template-isi-texts')
    await make.click()
    await page.getByText('使用依据：授权书 2026-017').waitFor()
    await page.getByText('请回答本机构自备的第 7 条内容').first().waitFor()
    await page.context().close()
  })

  test('on a phone and in English', async () => {
    const editor = await house.as('content-editor')
    for (const [name, options] of [
      ['phone', { size: 'phone' }],
      ['english', { locale: 'en' }],
    ] as const) {
      const page = await stage.openAs(editor, '/questionnaire-templates/constitution-60', options)
      await page.getByText('tz60-shire-6f').waitFor()
      expect(await axe(page)).toEqual([])
      await screenshot(page, `template-${name}`)
      await page.getByText('tz60-yangxu-4', { exact: true }).scrollIntoViewIfNeeded()
      await screenshot(page, `template-${name}-texts`)
      await page.context().close()
    }
  })
})
