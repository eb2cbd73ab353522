import { afterAll } from 'vitest'
import { aHouse, type TestHouse } from '../../../test/house.ts'
import { latestOf } from '../observation/server/index.ts'
import { registerPatient } from '../patient/server/index.ts'
import { processIntake, startIntake, type RunningIntake } from './server/index.ts'
import { connectMllp, type MllpClient } from './server/wire/mllp-client.ts'

export interface IntakeHouse {
  house: TestHouse
  intake: RunningIntake
  sender: MllpClient
  send(message: string | Buffer): Promise<string>
  /** Reads all that waits, with the events and jobs that follow. */
  settle(): Promise<void>
  aMember(recordNumber: string, person?: { name?: string; birthDate?: string; phone?: string }): Promise<string>
  /** Control id, state and reason of all that was received, in order. */
  states(): Promise<[string, string, string][]>
  valuesOf(patientId: string, codes: readonly string[]): Promise<Record<string, unknown>>
}

/** A house that listens for reports over a real socket, with a sender connected to it. */
export async function anIntakeHouse(): Promise<IntakeHouse> {
  const house = await aHouse()
  const db = () => house.house.databases.of(house.tenant.id)
  const intake = await startIntake({ house: house.house, port: 0, host: '127.0.0.1' })
  const sender = await connectMllp({ port: intake.port, window: 32 })
  afterAll(async () => {
    sender.destroy()
    await intake.close()
  })
  return {
    house,
    intake,
    sender,
    send: async (message) => (await sender.send(message)).toString(),
    async settle() {
      for (let found = 1; found > 0;) {
        found = await processIntake(house.house, house.tenant)
        await house.settle()
        if (found === 0) found = await processIntake(house.house, house.tenant)
      }
    },
    aMember: (recordNumber, person = {}) =>
      house.write((ctx) =>
        registerPatient(ctx, { name: '张三', sex: 'male', birthDate: '1981-03-05', recordNumber, ...person }),
      ),
    states: async () =>
      (await db().selectFrom('intake').select(['state', 'reason', 'control_id']).orderBy('arrival').execute()).map(
        (row) => [row.control_id, row.state, row.reason],
      ),
    async valuesOf(patientId, codes) {
      const latest = await latestOf({ db: db(), organizationId: house.tenant.id }, patientId, codes)
      return Object.fromEntries([...latest].map(([code, row]) => [code, row.value ?? row.value_text]))
    },
  }
}
