import { beforeAll, describe, expect, test } from 'vitest'
import { draftProtocol } from '../../src/rooms/follow-up/contract/catalogue.ts'
import { aPathway, aStep, publish } from '../../src/rooms/follow-up/sample-pathway.ts'
import { aPerson, evaluate } from '../../src/rooms/follow-up/sample-plan.ts'
import { aSegment } from '../../src/rooms/segment/sample-clinic.ts'
import type { Caller } from '../house.ts'
import { aStage, axe, screenshot } from './browser.ts'

/** A go-live for many: how it begins is chosen with the work of each day in sight, and who waits is seen and begun. */
const stage = await aStage({ now: new Date().toISOString() })
const { house } = stage
const CODE = 'kidney-care'
const PEOPLE = 60
const name = { zh: '肾病长期随访', en: 'Kidney care' }
let head: Caller, reviewer: Caller
const ids: string[] = []
const words = (zh: string, en: string) => ({ zh, en })
const definition = aPathway(
  {
    code: CODE,
    name,
    goal: words('肾功能平稳，少走弯路。', 'Kidneys stay steady.'),
    population: words('有慢性肾病的人。', 'People with chronic kidney disease.'),
    entry: { condition: { condition: { codes: ['N18'] } }, leaves: true },
    exits: [{ code: 'over', name: words('满两年', 'Two years'), when: { after: { months: 24 } }, as: 'graduated' }],
  },
  [
    aStep({
      name: words('季度电话', 'Quarterly call'),
      first: { days: 14 },
      after: { months: 3 },
      message: 'follow-up-due',
    }),
    aStep({
      code: 'check',
      name: words('医生看化验', 'Doctor looks at the results'),
      track: 'check',
      kind: 'task',
      owner: 'doctor',
      first: { days: 28 },
      after: null,
      next: null,
    }),
  ],
)

beforeAll(async () => {
  head = await house.as(['quality-lead', 'service-manager'], { name: '赵护士长' })
  await house.as('service-manager', { name: '李素珍' })
  await house.as('physician', { name: '张文远' })
  reviewer = await house.as('medical-reviewer', { name: '李国栋' })
  for (let n = 0; n < PEOPLE; n++)
    ids.push(await aPerson(house, { name: '陈桂兰', condition: 'N18.3', managerId: head.staffId }))
  const calm = aStep({ first: { days: 7 }, after: { days: 30 }, window: { before: { days: 0 }, after: { days: 7 } } })
  await publish(house, aPathway({ code: 'calm-one' }, [calm]))
  await publish(house, aPathway({ code: 'calm-two', name: words('月度电话', 'A call every month') }, [calm]))
  await head.call(draftProtocol, { params: { code: CODE }, body: { definition } })
}, 180_000)

describe('a go-live for many', () => {
  test.each(['desktop', 'phone'] as const)(
    'the designer shows the work of each day before and after (%s)',
    async (size) => {
      const page = await stage.openAs(head, `/protocols/${CODE}/design`, { size })
      await page.getByRole('button', { name: '打开：谁加入' }).click()
      const part = page.getByRole('region', { name: '很多人一起加入时' })
      await part.getByText('现在符合、还没加入的有 60 位').waitFor()
      await part.getByText('如果都在今天开始').waitFor()
      await part.scrollIntoViewIfNeeded()
      await screenshot(page, `spread-none-${size}`)
      if (size === 'desktop') {
        await part.getByLabel('怎样开始', { exact: true }).click()
        await page.locator('.ant-select-dropdown:visible').getByText('每天最多多少位', { exact: true }).click()
        await part.getByLabel('每天最多几位开始', { exact: true }).fill('6')
        await part.getByText('一天最多 6 位开始', { exact: false }).waitFor()
        await page.locator('[data-saving=saved]').waitFor()
      }
      await part.getByText('按这样分散').waitFor()
      await part.getByText('按天看').scrollIntoViewIfNeeded()
      await screenshot(page, `spread-per-day-${size}`)
      expect(await axe(page, '.ant-drawer')).toEqual([])
      await page.context().close()
    },
    120_000,
  )

  test('whoever publishes sees the same, and publishes', async () => {
    for (const size of ['phone', 'desktop'] as const) {
      const page = await stage.openAs(reviewer, `/protocols/${CODE}/running?version=1`, { size })
      await page.getByText('按这样分散').waitFor()
      await screenshot(page, `spread-publish-${size}`)
      expect(await axe(page)).toEqual([])
      if (size === 'desktop') {
        await page.getByRole('button', { name: '发布第 1 版' }).click()
        await page.getByText('在用', { exact: false }).first().waitFor()
      }
      await page.context().close()
    }
    await expect
      .poll(async () => {
        await evaluate(house)
        const rows = await house.house.databases
          .of(house.tenant.id)
          .selectFrom('plan_wait')
          .select('patient_id')
          .execute()
        return rows.length
      })
      .toBeGreaterThanOrEqual(PEOPLE - 6)
  }, 120_000)

  test.each(['desktop', 'phone'] as const)(
    'who waits is seen, and one of them begins at once (%s)',
    async (size) => {
      const list = await stage.openAs(head, `/protocols/${CODE}`, { size })
      await list.getByText('位在等待开始', { exact: false }).waitFor()
      await screenshot(list, `spread-waiting-${size}`)
      expect(await axe(list)).toEqual([])
      await list.context().close()
      const rows = await house.house.databases
        .of(house.tenant.id)
        .selectFrom('plan_wait')
        .select('patient_id')
        .orderBy('begins_on', 'desc')
        .execute()
      const page = await stage.openAs(head, `/patients/${rows[0]!.patient_id}?tab=follow-up`, { size })
      await page.getByText('将开始于').waitFor()
      await screenshot(page, `spread-wait-${size}`)
      expect(await axe(page)).toEqual([])
      await page.getByRole('button', { name: '现在就开始' }).click()
      await page.getByText('将开始于').waitFor({ state: 'detached' })
      await page.getByText('季度电话').first().waitFor()
      await page.context().close()
    },
    120_000,
  )

  test.each(['desktop', 'phone'] as const)(
    'a list is put into it with its days in sight (%s)',
    async (size) => {
      const editor = await house.as('content-editor')
      const segmentId = await aSegment(house, editor, {
        name: words(`年满五十 ${size}`, `Fifty and older ${size}`),
        condition: { age: { op: '>=', years: 50 } },
      })
      const page = await stage.openAs(head, `/segments/${segmentId}`, { size })
      await page.getByRole('button', { name: '加入随访方案' }).click()
      const drawer = page.getByRole('dialog')
      await drawer.getByLabel('随访方案', { exact: true }).click()
      await page
        .locator('.ant-select-dropdown:visible')
        .getByText(size === 'desktop' ? '每周通话' : '月度电话', { exact: true })
        .click()
      await drawer.getByText('可以加入 60 位。').waitFor()
      await drawer.getByText('按这样分散').waitFor()
      await screenshot(page, `spread-list-${size}`)
      expect(await axe(page, '.ant-drawer')).toEqual([])
      await drawer.getByRole('button', { name: '加入 60 位' }).click()
      await page.getByText('已加入 60 位').waitFor()
      await page.context().close()
    },
    120_000,
  )
})
