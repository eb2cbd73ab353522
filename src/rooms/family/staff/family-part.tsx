import { addDays, birthdayOf } from '../../../platform/clock.ts'
import { DateText, SideDrawer, useApi, useOpened, useT, useToday } from '../../../platform/web/index.ts'
import { getPatient } from '../../patient/contract/patient.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import { TOLD_DAYS } from '../contract/words.ts'
import { FamilyDrawer } from './family-drawer.tsx'

/** Beside the name: whom the person has let in to their own pages. */
export function FamilyPart({ patientId }: { patientId: string }) {
  const t = useT('family')
  const drawer = useOpened('family')
  return (
    <>
      <button type="button" className="pb-link" style={{ minHeight: 24 }} onClick={() => drawer.open('list')}>
        {t('staff.title')}
      </button>
      <SoonOfAge patientId={patientId} />
      <SideDrawer title={t('staff.title')} open={drawer.id !== undefined} onClose={drawer.close} widthPx={480}>
        <FamilyDrawer patientId={patientId} />
      </SideDrawer>
    </>
  )
}

/** Whoever turns 14 within weeks decides anew about what a guardian has agreed to: staff can prepare both for it. */
function SoonOfAge({ patientId }: { patientId: string }) {
  const t = useT('family')
  const today = useToday()
  // The page has asked for it already.
  const { data } = useApi(getPatient, { params: { patientId: patientId as never } }, { keep: false })
  const on = data?.birthDate ? birthdayOf(data.birthDate, GUARDIAN_UNDER_YEARS) : ''
  if (on <= today || on > addDays(today, TOLD_DAYS)) return null
  return (
    <span className="pb-hint">
      <DateText date={on} /> {t('staff.ownAge.soon')}
    </span>
  )
}
