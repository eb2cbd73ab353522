import { Alert } from 'antd'
import { useEffect } from 'react'
import { Card, DateText, Facts, ProblemAlert, Stack, useApi, usePathParam, useT } from '../../../platform/web/index.ts'
import { verifyReport } from '../contract/health-report.ts'

const TYPE = { ready: 'success', waiting: 'info', failed: 'warning', withdrawn: 'error' } as const

/** What the QR on a cover opens: genuine, void or unknown, and next to nothing of the person. Nobody is signed in. */
export function VerifyPage() {
  const t = useT('health-report')
  const code = usePathParam('code')
  // A code of another length cannot be one of ours; it is not even asked about.
  const couldBe = verifyReport.params.safeParse({ code }).success
  const { data, error, refetch } = useApi(verifyReport, { params: { code } }, { enabled: couldBe })
  useEffect(() => {
    document.title = `${t('verify.title')} · Peiban`
  }, [t])
  const unknown = !couldBe || data?.state === null
  return (
    <div style={{ maxWidth: 480, margin: '6vh auto 0' }}>
      <Card>
        <Stack>
          <h1 style={{ margin: 0 }}>{t('verify.title')}</h1>
          <ProblemAlert problem={error} onRetry={() => void refetch()} />
          {couldBe && !data && !error && <p className="pb-hint">{t('verify.asking')}</p>}
          {unknown && <Alert type="warning" showIcon title={t('verify.unknown')} />}
          {data?.state && (
            <>
              <Alert
                type={TYPE[data.state]}
                showIcon
                title={t(`verify.${data.state}`, { organization: data.organization })}
              />
              <Facts
                items={[
                  [t('verify.because'), data.because],
                  [t('verify.number'), data.number],
                  [t('verify.name'), data.name],
                  [t('verify.examOn'), <DateText key="exam" date={data.examOn} />],
                  [t('verify.printedOn'), data.printedOn && <DateText key="printed" date={data.printedOn} />],
                ]}
              />
              {data.amended && (
                <Alert type="warning" showIcon title={t('verify.amended', { organization: data.organization })} />
              )}
              {data.state === 'ready' && <p>{t(data.signed ? 'verify.signed' : 'verify.unsigned')}</p>}
            </>
          )}
        </Stack>
      </Card>
    </div>
  )
}
