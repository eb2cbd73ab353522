import { expect, test } from 'vitest'
import { getProtocol } from '../../src/rooms/follow-up/contract/catalogue.ts'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'

/** What a pathway asks of the house as a whole: hours of contact, visits a year, limits of an emergency, words of a phase. */
const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
await house.write(installShippedProtocols)
const editor = await house.as('content-editor', { name: '陈小雨' })
const draftOf = async (code: string) => (await editor.call(getProtocol, { params: { code } })).versions[0]!

test.each([
  ['hypertension', 'desktop'],
  ['diabetes-2', 'phone'],
] as const)(
  'the rules of %s are changed in the designer (%s)',
  async (code, size) => {
    const page = await stage.openAs(editor, `/protocols/${code}/design`, { size })
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const field = (label: string) => page.getByLabel(label, { exact: true })
    await button('打开：说明').click()
    await field('最早几点联系').fill('08:30')
    await field('最晚几点联系').fill('18:00')
    await field('收缩压 (mmHg) ≥').fill('170')
    const rules = page.getByRole('region', { name: '每年至少' })
    await rules.getByRole('button', { name: '加一条' }).click()
    await field('第 3 条：一年几次').fill('2')
    await page.getByRole('button', { name: /加一个阶段$/ }).click()
    await field('阶段 1（中文）').fill('头三个月')
    await field('阶段 1 里客户看到的话（中文）').fill('这三个月我们每两周联系您一次。')
    await screenshot(page, `pathway-rules-${size}`)
    await field('第 3 条：一年几次').scrollIntoViewIfNeeded()
    await screenshot(page, `pathway-rules-below-${size}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await page.locator('.ant-drawer-open .ant-drawer-close').click()
    await page.locator('[data-saving=saved]').waitFor()
    const { state, definition } = await draftOf(code)
    expect(state).toBe('draft')
    expect(definition.contacts).toMatchObject({ from: '08:30', until: '18:00' })
    expect(definition.quotas).toHaveLength(3)
    expect(definition.quotas[2]).toMatchObject({ way: 'any', perYear: 2 })
    expect(definition.classing).toMatchObject({
      emergency: expect.arrayContaining([{ item: 'sbp', op: '>=', value: 170 }]),
    })
    expect(definition.phases).toMatchObject([
      {
        name: { zh: '头三个月' },
        forPatient: { title: { zh: '头三个月' }, text: { zh: '这三个月我们每两周联系您一次。' } },
      },
    ])
    await page.context().close()
  },
  120_000,
)

test('a yearly number along any line is said in words', async () => {
  const page = await stage.openAs(editor, '/protocols/diabetes-2?', { size: 'desktop' })
  await page.getByRole('button', { name: /^第 2 版/ }).click()
  await page.getByText('每年至少').first().waitFor()
  await settled(page)
  expect(await page.getByText('quotaRule', { exact: false }).count()).toBe(0)
  await page.context().close()
}, 120_000)
