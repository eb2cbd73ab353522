import { Button } from 'antd'
import { Loading, ProblemAlert, SideDrawer, Stack, useApi, useT } from '../../../../platform/web/index.ts'
import { saveFile } from '../../../questionnaire/staff/catalogue/save-file.ts'
import { exportPathway } from '../../contract/plan-definition.ts'

/** A version as FHIR PlanDefinition: what FHIR has no element for is named before it goes. */
export function ExportDrawer({
  code,
  version,
  open,
  onClose,
}: {
  code: string
  version: number
  open: boolean
  onClose: () => void
}) {
  const t = useT('follow-up')
  const { data, error, refetch } = useApi(
    exportPathway,
    { params: { code }, query: { version } },
    { enabled: open, keep: false },
  )
  return (
    <SideDrawer title={t('exchange.exportTitle')} open={open} onClose={onClose}>
      <Stack>
        <p>{t('exchange.exportHint')}</p>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
        {!data && !error && <Loading lines={3} />}
        {data && (
          <>
            {data.inExtension.length > 0 && (
              <section aria-label={t('exchange.inExtension')}>
                <h3 className="pb-path-h3">{t('exchange.inExtension')}</h3>
                <p className="pb-hint">{t('exchange.inExtensionHint')}</p>
                <ul className="pb-path-changes">
                  {data.inExtension.map((one) => (
                    <li key={one}>
                      <code>{one}</code>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            <Button
              type="primary"
              onClick={() =>
                saveFile(`${code}-${version}.json`, 'application/fhir+json', JSON.stringify(data.resource, null, 2))
              }
            >
              {t('exchange.download')}
            </Button>
          </>
        )}
      </Stack>
    </SideDrawer>
  )
}
