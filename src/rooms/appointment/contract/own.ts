import { z } from 'zod'
import { calendarDate, endpoint } from '../../../platform/contract/index.ts'
import { appointmentId, clockTime } from './words.ts'

export const listMyAppointments = endpoint({
  name: 'appointment.listMine',
  method: 'GET',
  path: '/my/appointments',
  summary:
    'One’s own appointments to come, soonest first; to a relative who is reminded, their times, and the place where the person wants that',
  gate: { permission: 'patient', proxy: 'remind', audit: { action: 'my.appointments' } },
  output: z.object({
    rows: z.array(
      z.object({
        id: appointmentId,
        on: calendarDate,
        from: clockTime,
        /** It was at another time before. */
        moved: z.boolean(),
        service: z.string(),
        department: z.string(),
        practitioner: z.string(),
        place: z.string(),
        bring: z.string(),
      }),
    ),
  }),
})
