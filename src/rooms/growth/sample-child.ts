import type { WriteContext } from '../../platform/context/context.ts'
import { assignCarers, registerPatient } from '../patient/server/index.ts'
import { recordObservations } from '../observation/server/index.ts'

export interface SampleChild {
  name: string
  sex: 'female' | 'male'
  birthDate: string
  /** Day and cm, with kg where it was weighed. */
  measured?: readonly (readonly [on: string, cm: number, kg?: number])[]
  doctorId?: string
  managerId?: string
}

/** A child with heights and weights in the record, as tests and the demonstration need it. */
export async function aChild(ctx: WriteContext, child: SampleChild): Promise<string> {
  const { name, sex, birthDate, measured = [], doctorId, managerId } = child
  const id = await registerPatient(ctx, {
    name,
    sex,
    birthDate,
    guardian: { relation: 'mother', name: '家长', phone: '13800138000' },
  })
  await assignCarers(ctx, id, { doctorId: doctorId ?? null, managerId: managerId ?? null } as never)
  await recordObservations(
    ctx,
    measured.flatMap(([on, cm, kg]) => {
      const bare = { patientId: id, effectiveAt: new Date(`${on}T10:00:00+08:00`), source: 'staff' }
      const height = { ...bare, id: ctx.ids.next(), code: 'height', value: cm, unit: 'cm', method: 'standing' }
      return kg ? [height, { ...bare, id: ctx.ids.next(), code: 'weight', value: kg, unit: 'kg' }] : [height]
    }),
  )
  return id
}
