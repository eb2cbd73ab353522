import { SideDrawer, useOpened, useT } from '../../../platform/web/index.ts'
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
      <SideDrawer title={t('staff.title')} open={drawer.id !== undefined} onClose={drawer.close} widthPx={480}>
        <FamilyDrawer patientId={patientId} />
      </SideDrawer>
    </>
  )
}
