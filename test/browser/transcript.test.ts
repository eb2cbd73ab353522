import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSpeechStandIn } from '../../src/apps/stand-ins/speech/server.ts'
import * as contract from '../../src/rooms/recording/contract/recording.ts'
import { aCustomer, beginning } from '../../src/rooms/recording/sample-recording.ts'
import { keepPiece } from '../../src/rooms/recording/server/piece.ts'
import { changeRecording, findRecording } from '../../src/rooms/recording/server/store.ts'
import { tonePieces } from '../../src/rooms/recording/server/tone.ts'
import { transcribeDue } from '../../src/rooms/recording/server/transcribe.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'

/** Calls become text: the quality lead switches it on, the manager reads and puts right what was misheard. */
const server = await startSpeechStandIn({
  words: [
    { start: 0, end: 4, text: '您好，我是和康的健康管理师小李，这两周头晕过吗？' },
    { start: 4, end: 8, text: '不晕了，要也按时吃了，就是脚有点种。' },
    { start: 8, end: 11, text: '脚肿有多久了？两只脚都肿吗？' },
    { start: 11, end: 14, text: '有一个星期，两只都有一点，晚上厉害。' },
  ],
})
afterAll(() => server.close())
const stage = await aStage({ recogniserUrl: server.url, now: thisMorning().toISOString() })
const { house } = stage
const manager = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '陈医生' })
const lead = await house.as('quality-lead', { name: '质控' })
let patientId: never

beforeAll(async () => {
  patientId = await aCustomer(house, { doctor, manager })
})

async function aCall(lineVersion: number): Promise<string> {
  const body = { ...beginning(house), lineVersion }
  const { id } = await manager.call(contract.beginRecording, { params: { patientId }, body })
  const pieces = tonePieces(14)
  await house.write(async (ctx) => {
    await changeRecording(ctx.tx, house.tenant.id, id, { media: 'audio/wav' })
    for (const [number, piece] of pieces.entries()) {
      const row = (await findRecording(ctx.tx, house.tenant.id, id))!
      await keepPiece(ctx, house.filesFolder, row, { number, key: ctx.ids.next<string & never>() as string, ...piece })
    }
  })
  await manager.call(contract.endRecording, { params: { recordingId: id }, body: { pieces: pieces.length } })
  return id
}

test('the quality lead writes a line that tells of it, and switches it on', { timeout: 180_000 }, async () => {
  const page = await stage.openAs(lead, '/recording-settings')
  const toggle = page.getByRole('switch', { name: '通话转文字' })
  await toggle.waitFor()
  expect(await toggle.isDisabled()).toBe(true)
  await screenshot(page, 'transcript-settings-before-desktop')
  await page
    .getByLabel('中文')
    .fill(
      '这里是{{organization}}。这次通话我们想录音，并转成文字，用来核对记录。您可以不同意，也可以随时叫停。可以吗？',
    )
  await page.getByRole('switch', { name: /这一版说明了/ }).click()
  await page.getByRole('button', { name: '存为新版本' }).click()
  await page.getByText(/没有说明会转成文字/).waitFor()
  await page
    .getByLabel('英文')
    .fill(
      'This is {{organization}}. We would like to record this call and turn it into text, to check our notes. May we?',
    )
  await page.getByRole('button', { name: '存为新版本' }).click()
  await page.getByText('现在是第 1 版').waitFor()
  await toggle.click()
  await page.getByText('已转 0 通，等待 0 通，没转成 0 通').waitFor()
  await screenshot(page, 'transcript-settings-desktop')
  expect(await axe(page)).toEqual([])
  await page.context().close()
  const phone = await stage.openAs(lead, '/recording-settings', { size: 'phone' })
  await phone.getByText('由 whisper-test 转写').waitFor()
  await screenshot(phone, 'transcript-settings-phone')
  await phone.context().close()
})

test('who looks after the person reads it beside the sound, and corrects it', { timeout: 180_000 }, async () => {
  await aCall(1)
  await transcribeDue(house.house, house.tenant)
  const page = await stage.openAs(manager, `/patients/${patientId}?tab=recordings`)
  await page.getByText('已保存').first().click()
  await page.getByRole('button', { name: '收听' }).click()
  await page.getByText(/AI 转写（whisper-test）/).waitFor()
  await page.getByText('要也按时吃了').waitFor()
  await screenshot(page, 'transcript-desktop')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: /从 0:08 听起/ }).click()
  await expect.poll(() => page.evaluate(() => document.querySelector('audio')!.currentTime)).toBeGreaterThan(7.9)
  await page.getByRole('button', { name: '改错字' }).click()
  await page.getByLabel('0:04').fill('不晕了，药也按时吃了，就是脚有点肿。')
  await screenshot(page, 'transcript-edit-desktop')
  expect(await axe(page)).toEqual([])
  await page.getByRole('button', { name: '存为新版本' }).click()
  await page.getByText(/李健管 核对修改过/).waitFor()
  await page.getByText('药也按时吃了').waitFor()
  await page.context().close()
  const phone = await stage.openAs(manager, `/patients/${patientId}?tab=recordings`, { size: 'phone' })
  await phone.getByText('已保存').first().click()
  await phone.getByRole('button', { name: '收听' }).click()
  await phone.getByText(/共 2 版/).waitFor()
  await screenshot(phone, 'transcript-phone')
  expect(await axe(phone)).toEqual([])
  await phone.context().close()
})

test(
  'what failed says why and is tried again by hand; who was not told is not transcribed',
  { timeout: 180_000 },
  async () => {
    const id = await aCall(1)
    server.next({ status: 415 })
    await transcribeDue(house.house, house.tenant)
    const page = await stage.openAs(manager, `/patients/${patientId}?tab=recordings&recording=${id}`)
    await page.getByRole('button', { name: '收听' }).click()
    await page.getByText('服务器看不懂这段录音的格式').waitFor()
    await screenshot(page, 'transcript-failed-desktop')
    await page.getByRole('button', { name: '再试一次' }).click()
    await page.getByText('正在转成文字').waitFor()
    await page.context().close()
    const untold = await aCall(0)
    const other = await stage.openAs(manager, `/patients/${patientId}?tab=recordings&recording=${untold}`)
    await other.getByRole('button', { name: '收听' }).click()
    await other.getByText(/告知语没有说会转成文字/).waitFor()
    await screenshot(other, 'transcript-untold-desktop')
    await other.context().close()
  },
)
