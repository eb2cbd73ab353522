import { afterAll, expect, test } from 'vitest'
import { startWorker } from '../../apps/worker.ts'
import { sampleMessage } from '../report-intake/server/hl7/sample-message.ts'
import { startIntake } from '../report-intake/server/index.ts'
import { connectMllp } from '../report-intake/server/wire/mllp-client.ts'
import { registerPatient } from '../patient/server/index.ts'
import { anAlertClinic } from './sample-alert.ts'

/** The whole way, as in a hospital: a laboratory sends over MLLP, a worker runs, a nurse's page asks the board. */
const LIMIT_MS = 5000

const clinic = await anAlertClinic()
const { house, li } = clinic
await clinic.onDuty(li)
const worker = await startWorker(house.house, house.rooms)
const intake = await startIntake({ house: house.house, port: 0, host: '127.0.0.1', onKept: () => worker.nudgeIntake() })
const sender = await connectMllp({ port: intake.port, window: 50 })
// The house's clock goes as fast as the one on the wall: pauses and retries are part of what is measured.
const TICK_MS = 50
const ticking = setInterval(() => house.clock.set(new Date(house.clock.now().getTime() + TICK_MS)), TICK_MS)
afterAll(async () => {
  clearInterval(ticking)
  sender.destroy()
  await intake.close()
  await worker.stop()
})

const platelets = (id: string, number: string, value: string) =>
  sampleMessage({
    msh: { id },
    pid: `PID|1||${number}^^^&BLH||赵敏||19700203|F`,
    orders: [`OBR|1|P|${id}|BLD^血常规|||20260302093000||||||||||||||||||F`],
    results: [`OBX|1|NM|777-3^血小板计数^LN||${value}|10*9/L|125-350|LL|||F`],
  })

async function waitFor(found: (rows: Awaited<ReturnType<typeof clinic.open>>) => boolean): Promise<number> {
  const began = performance.now()
  while (performance.now() - began < 2 * LIMIT_MS) {
    if (found(await clinic.open(li))) return performance.now() - began
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('nothing on the board')
}

const PEOPLE = 40
const BURST = 200

test('an A-class result over MLLP is on the duty list within five seconds, also behind others', async () => {
  await house.write(async (ctx) => {
    for (let n = 0; n < PEOPLE; n++)
      await registerPatient(ctx, { name: '赵敏', sex: 'female', birthDate: '1970-02-03', recordNumber: `BL-${n}` })
  })
  await sender.send(platelets('A1', 'BL-1', '21'))
  const alone = await waitFor((rows) => rows.some(({ result }) => result?.value === 21))
  expect(alone).toBeLessThan(LIMIT_MS)

  // A morning's burst of ordinary results before the one that matters.
  const burst = Array.from({ length: BURST }, (_, n) => platelets(`N${n}`, `BL-${n % PEOPLE}`, String(150 + (n % 100))))
  await Promise.all(burst.map((message) => sender.send(message)))
  await sender.send(platelets('A2', 'BL-2', '19'))
  const crowded = await waitFor((rows) => rows.some(({ result }) => result?.value === 19))
  expect(crowded).toBeLessThan(LIMIT_MS)
  if (process.env['PEIBAN_TELL'])
    console.log(`alone ${alone.toFixed(0)} ms, behind ${BURST} others ${crowded.toFixed(0)} ms`)
}, 60_000)
