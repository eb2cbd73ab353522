import { AddressTabs, Page, useCan, useT } from '../../../platform/web/index.ts'
import { STAGES } from '../contract/composition.ts'
import { BatchTab } from './batch-tab.tsx'
import { StageList } from './stage-list.tsx'

/** 报告签发: which reports wait for whom, and lists that are printed as one. */
export function SigningPage() {
  const t = useT('health-report')
  const mayPrint = useCan('health-report.print')
  return (
    <Page title={t('nav.signing')} hint={t('signing.hint')}>
      <AddressTabs
        items={[
          ...STAGES.map((stage) => ({
            key: stage,
            label: t(`stage.${stage}`),
            content: <StageList key={stage} stage={stage} />,
          })),
          ...(mayPrint ? [{ key: 'batch', label: t('stage.batch'), content: <BatchTab /> }] : []),
        ]}
      />
    </Page>
  )
}
