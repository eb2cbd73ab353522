import { z } from 'zod'
import { endpoint, staffId } from '../../../platform/contract/index.ts'
import { taskId } from './words.ts'

/** P2–P4 in one act. */
export const assignDoctor = endpoint({
  name: 'task.assignDoctor',
  method: 'POST',
  path: '/tasks/:taskId/doctor',
  summary: 'Assign the responsible doctor; the first one wins, and the record is asked to be completed',
  gate: { permission: 'task.assign-doctor', audit: { action: 'task.assign-doctor', subject: 'taskId' } },
  params: z.object({ taskId }),
  body: z.object({ doctorId: staffId }),
  output: z.object({
    /** The task to complete the record. */
    next: z.object({
      taskId,
      /** Null: nobody is bound and no lead is named, so it waits in the pool of quality leads. */
      executor: z.object({ id: staffId, name: z.string() }).nullable(),
      alert: z.string().nullable(),
    }),
  }),
  problems: ['TaskAlreadyHandled', 'TaskAlreadyCancelled', 'TaskActNotAllowed', 'DoctorUnfit', 'PatientNotActive'],
})

export const listDoctors = endpoint({
  name: 'task.listDoctors',
  method: 'GET',
  path: '/task-doctors',
  summary: 'Physicians to assign, with how much each and their managers look after',
  gate: { permission: 'task.assign-doctor', audit: { none: 'it names staff only' } },
  output: z.object({
    doctors: z.array(
      z.object({
        id: staffId,
        name: z.string(),
        title: z.string(),
        departmentName: z.string().nullable(),
        customers: z.number().int(),
        managers: z.array(z.object({ id: staffId, name: z.string(), customers: z.number().int() })),
      }),
    ),
  }),
})
