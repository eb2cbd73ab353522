import { SideDrawer, useOpened, useT } from '../../../platform/web/index.ts'
import { AccessDrawer } from './access-drawer.tsx'

/** Beside the name: the way to the person's own pages. */
export function AccessPart({ patientId }: { patientId: string }) {
  const t = useT('patient-access')
  const drawer = useOpened('my-health')
  return (
    <>
      <button type="button" className="pb-link" style={{ minHeight: 24 }} onClick={() => drawer.open('ways')}>
        {t('staff.title')}
      </button>
      <SideDrawer title={t('staff.title')} open={drawer.id !== undefined} onClose={drawer.close} widthPx={460}>
        <AccessDrawer patientId={patientId} />
      </SideDrawer>
    </>
  )
}
