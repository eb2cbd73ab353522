import { useAction, useSay, useT } from '../../../platform/web/index.ts'
import { markAppointment, type AppointmentLine } from '../contract/appointment.ts'
import type { Mark } from '../contract/words.ts'
import { CHANGED } from './words.tsx'

/** Says that somebody has come, was seen or did not come; each can be taken back at once. */
export function useMark() {
  const t = useT('appointment')
  const say = useSay()
  const mark = useAction(markAppointment, { invalidates: CHANGED })
  const set = (id: AppointmentLine['id'], revision: number, status: Mark) =>
    mark.mutateAsync({ params: { appointmentId: id }, body: { status, revision } })
  const run = async ({ id, revision, status: before }: AppointmentLine, status: Mark) => {
    try {
      const { revision: now } = await set(id, revision, status)
      if (before === 'cancelled' || before === 'noshow') return say.done(t(`said.${status}`))
      say.undoable({ text: t(`said.${status}`), undo: () => set(id, now, before as Mark) })
    } catch (error) {
      say.problem(error)
    }
  }
  return { run, back: set, isPending: mark.isPending }
}
