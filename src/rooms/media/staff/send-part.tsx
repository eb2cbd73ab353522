import { SideDrawer, useOpened, useT } from '../../../platform/web/index.ts'
import { SendDrawer } from './send-drawer.tsx'

/** Beside the name: send somebody pictures that explain. */
export function SendPart({ patientId }: { patientId: string }) {
  const t = useT('media')
  const drawer = useOpened('send-media')
  return (
    <>
      <button type="button" className="pb-link" style={{ minHeight: 24 }} onClick={() => drawer.open('choose')}>
        {t('send.title')}
      </button>
      <SideDrawer title={t('send.title')} open={drawer.id !== undefined} onClose={drawer.close} widthPx={480}>
        <SendDrawer patientId={patientId} />
      </SideDrawer>
    </>
  )
}
