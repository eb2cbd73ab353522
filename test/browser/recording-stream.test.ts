import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aPerson, evaluate, pass, signedIn } from '../../src/rooms/follow-up/sample-plan.ts'
import { installShippedProtocols } from '../../src/rooms/follow-up/server/index.ts'
import { startAudioSocket, type AudioSocketServer } from '../../src/rooms/recording/server/index.ts'
import { audioFrame, KINDS, uuidBytes } from '../../src/rooms/recording/server/rules/audio-frames.ts'
import { aStage, axe, screenshot, thisMorning } from './browser.ts'

/** A call over the office telephone: the exchange brings the sound while the nurse fills the form. */
const now = thisMorning()
const stage = await aStage({ now: new Date(now.getTime() - 21 * 86_400_000).toISOString() })
const { house } = stage
const nurse = await house.as('service-manager', { name: '李健管' })
const doctor = await house.as('physician', { name: '陈医生' })
let wang: string
let server: AudioSocketServer
beforeAll(async () => {
  await house.write(installShippedProtocols)
  wang = await aPerson(house, {
    managerId: nurse.staffId,
    doctorId: doctor.staffId,
    name: '王秀英',
    birthDate: '1958-04-02',
    condition: 'I10',
  })
  await evaluate(house)
  for (let week = 0; week < 3; week++) await pass(house, 7)
  server = await startAudioSocket({ house: house.house, port: 0, host: '127.0.0.1' })
}, 120_000)
afterAll(() => server.close())

const again = () => signedIn(house, nurse.staffId)
const dueVisit = async () =>
  (
    await house.house.databases
      .of(house.tenant.id)
      .selectFrom('occurrence')
      .select('id')
      .where('patient_id', '=', wang)
      .where('state', '=', 'due')
      .orderBy('due_on')
      .limit(1)
      .executeTakeFirstOrThrow()
  ).id
/** A tone that rises and falls, as speech does. */
function tone(seconds: number): Buffer {
  const pcm = Buffer.alloc(seconds * 16_000)
  for (let n = 0; n < pcm.length / 2; n++)
    pcm.writeInt16LE(Math.round(Math.sin(n / 6) * 12_000 * (0.6 + 0.4 * Math.sin(n / 2000))), n * 2)
  return pcm
}
const spoken = (pcm: Buffer) =>
  Buffer.concat(
    Array.from({ length: pcm.length / 320 }, (_none, n) =>
      audioFrame(KINDS.audio, pcm.subarray(n * 320, n * 320 + 320)),
    ),
  )

test(
  'agreed to on the page, brought by the exchange, ended by hanging up, and heard',
  { timeout: 240_000 },
  async () => {
    const page = await stage.openAs(await again(), `/follow-ups?visit=${await dueVisit()}`)
    await page.getByRole('button', { name: '客户同意，由电话交换机录' }).click()
    await page.getByText('等电话交换机接上').waitFor()
    await screenshot(page, 'recording-stream-waiting-desktop')
    expect(await axe(page)).toEqual([])
    const streamId = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/.exec(await page.locator('body').innerText())![0]
    const socket = connect({ port: server.port, host: '127.0.0.1' })
    socket.write(Buffer.concat([audioFrame(KINDS.uuid, uuidBytes(streamId)), spoken(tone(9))]))
    await page.getByText('交换机已接上，正在录音').waitFor()
    const phone = await stage.openAs(await again(), `/follow-ups?visit=${await dueVisit()}`, { size: 'phone' })
    await phone.getByText('交换机已接上，正在录音').scrollIntoViewIfNeeded()
    await screenshot(phone, 'recording-stream-phone')
    await phone.context().close()
    socket.end(audioFrame(KINDS.hangUp))
    await page.getByText('先对客户说').waitFor()
    await page.context().close()

    const file = await stage.openAs(await again(), `/patients/${wang}?tab=recordings`)
    await file.getByText('已保存').first().waitFor()
    await file.getByRole('cell', { name: '随访电话' }).first().click()
    await file.getByRole('button', { name: '收听' }).click()
    await file.getByRole('button', { name: '播放' }).click()
    // Chromium reads it as a WAV file of its true length.
    await expect
      .poll(() => file.evaluate(() => Math.round(document.querySelector('audio')!.duration)), { timeout: 20_000 })
      .toBe(9)
    await screenshot(file, 'recording-stream-player-desktop')
    await file.context().close()
  },
)
