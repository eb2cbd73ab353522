import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { recordReports } from '../../src/rooms/observation/server/index.ts'
import { registerPatient } from '../../src/rooms/patient/server/index.ts'
import { closeRenderer } from '../../src/rooms/health-report/server/index.ts'
import { aStage, axe, screenshot } from './browser.ts'

/** Printing a report and what its reader sees: the drawer, the tab that waits, the PDF, the page behind the code. */
const stage = await aStage()
const { house } = stage
const doctor = await house.as('physician', { name: '张文远' })
const patientId = await house.write(async (ctx) => {
  const person = { name: '欧阳䶮', birthDate: '1968-04-02', phone: '13900001111' }
  const id = await registerPatient(ctx, person)
  await ctx.tx.updateTable('patient').set({ doctor_id: doctor.staffId }).where('id', '=', id).execute()
  const effectiveAt = ctx.clock.now()
  const report = {
    id: ctx.ids.next<string>(),
    patientId: id,
    category: 'health-check' as const,
    title: '年度体检',
    status: 'final' as const,
    sourceSystem: 'TJ',
    sourceReportId: 'R-1',
    fingerprint: Buffer.from('1'),
    effectiveAt,
  }
  const sbp = { id: ctx.ids.next<string>(), code: 'sbp', effectiveAt, value: 152, unit: 'mm[Hg]', low: 90, high: 139 }
  await recordReports(ctx, [{ report, observations: [{ ...sbp, flag: 'H' as const, source: 'lab' }] }])
  return id
})
afterAll(closeRenderer)

const audited = async () => {
  const rows = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('audit_entry')
    .select('action')
    .where('actor_id', '=', doctor.staffId)
    .where('action', 'like', 'health-report.%')
    .execute()
  return rows.map(({ action }) => action).toSorted()
}

test('ordered in the drawer, waited for without a trace, and shown as a PDF in a tab of its own', async () => {
  const page = await stage.openAs(doctor, `/patients/${patientId}?tab=printed`)
  await page.getByRole('button', { name: '打印报告' }).first().click()
  const drawer = page.getByRole('dialog')
  await screenshot(page, 'report-print-drawer')
  await drawer.getByRole('button', { name: '打印', exact: true }).click()
  await page.getByText('正在排版').waitFor()
  await screenshot(page, 'report-waiting')
  const before = await audited()
  const polls = () =>
    page.waitForResponse((answer) => new URL(answer.url()).pathname.endsWith('/printed-reports/waiting'))
  await polls()
  await polls()
  expect(await audited()).toEqual(before)

  await house.settle()
  const open = page.getByRole('button', { name: /打开.*20260302-0001/ })
  await open.waitFor()
  await screenshot(page, 'report-ready')
  const [tab] = await Promise.all([page.waitForEvent('popup'), open.click()])
  await tab.waitForURL(/^blob:/)
  // The viewer draws in a process of its own; what it shows can only be looked at.
  await expect.poll(async () => greenOf(page, await tab.screenshot()), { timeout: 20_000 }).toBeGreaterThan(500)
  await screenshot(tab, 'report-pdf')
  expect((await audited()).filter((action) => action === 'health-report.open')).toHaveLength(1)
  await page.context().close()
})

test('who scans the code is told what the paper is worth', async () => {
  const code = await codeOfNewest()
  const phone = await stage.open(`/verify/${code}`, { size: 'phone' })
  await phone.getByText('出具的真实报告').waitFor()
  await phone.getByText('主检医师未签署（草稿）').waitFor()
  await phone.context().close()

  const page = await stage.openAs(doctor, `/patients/${patientId}?tab=printed`)
  await page.getByRole('button', { name: /作废.*20260302-0001/ }).click()
  const drawer = page.getByRole('dialog')
  await drawer.getByLabel('为什么作废').fill('结论写错了')
  await screenshot(page, 'report-withdraw-drawer')
  await drawer.getByRole('button', { name: '作废', exact: true }).click()
  await page.getByText('原因：结论写错了').waitFor()
  await screenshot(page, 'report-withdrawn')
  await page.getByRole('button', { name: '打印报告' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: '打印', exact: true }).click()
  await page.getByText('正在排版').waitFor()
  await page.context().close()

  for (const size of ['phone', 'desktop'] as const) {
    const withdrawn = await stage.open(`/verify/${code}`, { size })
    await withdrawn.getByText('结论写错了').waitFor()
    await screenshot(withdrawn, `report-verify-withdrawn-${size}`)
    expect(await axe(withdrawn)).toEqual([])
    await withdrawn.goto(`${stage.url}/verify/${await codeOfNewest()}`)
    await withdrawn.getByText('正在生成，还不能核验').waitFor()
    await screenshot(withdrawn, `report-verify-waiting-${size}`)
    expect(await axe(withdrawn)).toEqual([])
    await withdrawn.context().close()
  }
  const small = await stage.openAs(doctor, `/patients/${patientId}?tab=printed`, { size: 'phone' })
  await small.getByText('原因：结论写错了').waitFor()
  await screenshot(small, 'report-withdrawn-phone')
  expect(await axe(small)).toEqual([])
  await small.context().close()
})

/** The code as the newest paper keeps it for the renderer. */
async function codeOfNewest(): Promise<string> {
  const row = await house.house.databases
    .of(house.tenant.id)
    .selectFrom('health_report')
    .select('code_sealed')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return house.house.sealer.open(house.tenant.id, row.code_sealed!)
}

/** How many pixels of a picture have the green that the headings of a report are printed in. */
function greenOf(page: Page, png: Buffer): Promise<number> {
  return page.evaluate(
    async (source) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const drawing = canvas.getContext('2d')!
      drawing.drawImage(image, 0, 0)
      const { data } = drawing.getImageData(0, 0, image.width, image.height)
      let green = 0
      for (let at = 0; at < data.length; at += 4)
        if (data[at]! < 60 && data[at + 1]! > 90 && data[at + 1]! < 160 && data[at + 2]! > 80) green++
      return green
    },
    `data:image/png;base64,${png.toString('base64')}`,
  )
}
