import { Loading, lazyPart, SideDrawer, useOpened, useT } from '../../../platform/web/index.ts'
import { Suspense } from 'react'
import type { RiskLine } from '../contract/risk.ts'
import { useBilingual } from './words.ts'
import type { WhatIfProps } from './what-if.tsx'

// The instruments themselves are fetched with the first look at this drawer; nothing else on the page needs them.
const WhatIf = lazyPart<WhatIfProps>(async () => (await import('./what-if.tsx')).WhatIf)

/** 试一试: how the estimate would change. `?whatIf=china-par-10y` */
export function WhatIfDrawer({ lines }: { lines: readonly RiskLine[] }) {
  const t = useT('risk')
  const words = useBilingual()
  const { id, close } = useOpened('whatIf')
  const line = lines.find(({ instrument, newest }) => instrument === id && newest !== null)
  return (
    <SideDrawer title={t('whatIf.title')} open={line !== undefined} onClose={close} widthPx={480}>
      {line?.newest && (
        <Suspense fallback={<Loading lines={4} />}>
          <h2>{words(line.title)}</h2>
          <WhatIf line={line} newest={line.newest} />
        </Suspense>
      )}
    </SideDrawer>
  )
}
