import { expect, test } from 'vitest'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import { shippedProtocols } from '../../src/rooms/follow-up/server/shipped.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'
import { settled } from './settled.ts'

/** A house that was founded before a shipped protocol was written anew: it is told, looks, and takes it over. */
const stage = await aStage({ now: thisMorning().toISOString() })
const { house } = stage
await house.write(installShippedProtocols)
const old = structuredClone(shippedProtocols.find(({ code }) => code === 'hypertension')!)
old.steps[0]!.name = { zh: '旧的名字', en: 'The old name' }
old.source = '更早的依据'
delete old.goals
await house.house.databases
  .of(house.tenant.id)
  .updateTable('protocol')
  .set({ definition: JSON.stringify(old) })
  .where('code', '=', 'hypertension')
  .execute()

test.each(['desktop', 'phone'] as const)(
  'the newer version is seen in the list, and what differs (%s)',
  async (size) => {
    const page = await stage.openAs('content-editor', '/protocols', { size })
    await page.getByText('系统有新版').waitFor()
    await screenshot(page, `protocols-newer-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByText('高血压患者随访').first().click()
    await page.getByText('系统随带了新的版本').waitFor()
    await screenshot(page, `protocol-newer-${size}`)
    expect(await axe(page)).toEqual([])
    await page.getByRole('button', { name: '看看有什么不同' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('整体：', { exact: false }).waitFor()
    await screenshot(page, `protocol-newer-changes-${size}`)
    expect(await axe(page, '.ant-drawer')).toEqual([])
    await page.context().close()
  },
  120_000,
)

test('taken over it is a draft, which nobody is told of again', async () => {
  const page = await stage.openAs('content-editor', '/protocols/hypertension')
  await page.getByRole('button', { name: '看看有什么不同' }).click()
  await page.getByRole('button', { name: '接过来作草稿' }).click()
  await page.getByRole('heading', { name: /^设计/ }).waitFor()
  await page.goto(`${stage.url}/protocols`)
  await page.getByText('第 2 版草稿').waitFor()
  await settled(page)
  expect(await page.getByText('系统有新版').count()).toBe(0)
  await page.context().close()
}, 120_000)
