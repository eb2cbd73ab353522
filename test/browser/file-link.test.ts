import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newToken } from '../../src/platform/auth/token.ts'
import { insertLink } from '../../src/rooms/file-link/server/store.ts'
import { aPatient, setWebAddress } from '../../src/rooms/message/sample.ts'
import { aStage, axe, newPage, screenshot } from './browser.ts'

const stage = await aStage()
const { house } = stage
await setWebAddress(house, 'https://care.example.org')
const nurse = await house.as(['front-desk', 'service-manager'], { name: '周护士' })
const patientId = await aPatient(house, { email: 'lan@example.com' })
const PDF = '%PDF-1.7 出院小结'

test.each([
  ['desktop', 'zh-CN'],
  ['desktop', 'en'],
  ['phone', 'zh-CN'],
] as const)('before anything was sent (%s %s)', async (size, locale) => {
  const page = await stage.openAs(nurse, `/patients/${patientId}?tab=files`, { size, locale })
  await page.getByText(/还没有给这位客户发过文件|No file was sent to this person yet/).waitFor()
  await screenshot(page, `file-link-none-${size}-${locale}`)
  expect(await axe(page)).toEqual([])
  await page.context().close()
})

test('a file is sent, and its link shut again', async () => {
  const path = join(house.filesFolder, '出院小结.pdf')
  writeFileSync(path, PDF)
  const page = await stage.openAs(nurse, `/patients/${patientId}?tab=files`)
  await page.locator('input[type=file]').setInputFiles(path)
  await page.getByRole('cell', { name: '出院小结.pdf' }).waitFor()
  await page.getByText('邮件还没发出').waitFor()
  await screenshot(page, 'file-link-sent')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '停用链接' }).click()
  await page.getByRole('dialog').getByText('客户马上就打不开了').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '停用链接' }).click()
  await page.getByText('已停用', { exact: true }).waitFor()
  await page.context().close()
})

async function aLink(): Promise<string> {
  const { token, hash } = newToken(house.tenant.id)
  const { key, sizeBytes } = await house.house.files.put(house.tenant.id, Buffer.from(PDF))
  await house.write((ctx) =>
    insertLink(ctx.tx, {
      organization_id: house.tenant.id,
      id: ctx.ids.next(),
      patient_id: patientId,
      token_hash: hash,
      file_key: key,
      file_name_sealed: ctx.sealer.seal(house.tenant.id, '出院小结.pdf'),
      media: 'application/pdf',
      size_bytes: sizeBytes,
      expires_at: new Date(ctx.clock.now().getTime() + 86_400_000),
      last_opened_at: null,
      message_id: null,
      created_by: null,
      created_by_name: '周护士',
      created_at: ctx.clock.now(),
      revoked_at: null,
      revoked_by: null,
      revoked_by_name: null,
      merge_id: null,
      former_patient_id: null,
    }),
  )
  return `/api/f/${token}`
}

test.each(['phone', 'desktop'] as const)('the person opens it with their date of birth (%s)', async (size) => {
  const page = await newPage(stage.browser, stage.url + (await aLink()), { size })
  await page.getByRole('heading', { name: '有一份文件给您' }).waitFor()
  await screenshot(page, `file-link-ask-${size}`)
  expect(await axe(page)).toEqual([])
  await page.getByLabel('出生日期').fill('19700101')
  await page.getByRole('button', { name: '打开文件' }).click()
  await page.getByRole('alert').waitFor()
  await screenshot(page, `file-link-wrong-${size}`)
  expect(await axe(page)).toEqual([])
  await page.getByLabel('出生日期').fill('1960-5-5')
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '打开文件' }).click()
  expect((await download).suggestedFilename()).toBe('出院小结.pdf')
  await page.getByLabel('出生日期').waitFor()
  for (const wrong of ['19700102', '19700103', '19700104', '19700105']) {
    await page.getByLabel('出生日期').fill(wrong)
    // The word of the former try stands there until the answer to this one is drawn.
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: '打开文件' }).click()])
    if (wrong !== '19700105') await page.getByRole('alert').waitFor()
  }
  await page.getByRole('heading', { name: '这个链接不能用了' }).waitFor()
  await screenshot(page, `file-link-shut-${size}`)
  await page.context().close()
})
