import { Alert, Button } from 'antd'
import {
  Card,
  DateText,
  Facts,
  Go,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Row,
  SexAge,
  Stack,
  Status,
  useApi,
  usePathParam,
  useT,
} from '../../../platform/web/index.ts'
import { getComposition, type CompositionView } from '../contract/composition.ts'
import { CompositionActs } from './composition-acts.tsx'
import { ConclusionsCard } from './conclusions-card.tsx'
import { PartCards } from './part-cards.tsx'

export const STATE_TONE = { draft: 'due', signed: 'due', issued: 'good', amended: 'plain', recalled: 'danger' } as const

/** One report: what its parts say, who has signed, the chief examiner's words, and what one may do now. */
export function CompositionPage() {
  const t = useT('health-report')
  const compositionId = usePathParam('compositionId')
  const { data, error, refetch } = useApi(
    getComposition,
    { params: { compositionId: compositionId as never } },
    { keep: false },
  )
  if (error)
    return (
      <Page title={t('composition.title')}>
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Page>
    )
  if (!data)
    return (
      <Page title={t('composition.title')}>
        <Loading lines={10} />
      </Page>
    )
  const { patient } = data
  return (
    <Page
      title={t('composition.of', { name: patient.name })}
      breadcrumbs={[{ label: t('nav.signing'), to: '/report-signing' }, { label: patient.name }]}
      hint={
        <Row>
          <Go to={`/patients/${patient.id}?tab=printed`}>{patient.name}</Go>
          <SexAge sex={patient.sex as never} birthDate={patient.birthDate} />
          <span>
            <DateText date={data.examOn} /> {data.examTitle}
          </span>
          <Status tone={STATE_TONE[data.state]}>{t(`compositionState.${data.state}`)}</Status>
          {data.version > 1 && <span>{t('list.version', { version: data.version })}</span>}
        </Row>
      }
    >
      <Stack>
        <Warnings composition={data} onReload={() => void refetch()} />
        <CompositionActs key={`${data.id} ${data.hash} ${data.state}`} composition={data} />
        <ConclusionsCard key={data.edition} composition={data} />
        <PartCards composition={data} />
        <LogCard composition={data} />
      </Stack>
    </Page>
  )
}

function Warnings({ composition, onReload }: { composition: CompositionView; onReload: () => void }) {
  const t = useT('health-report')
  const { state, outdated, because, alertOpen, parts } = composition
  const changed = parts.filter((part) => part.changed).map(({ title }) => title)
  return (
    <>
      {alertOpen && <Alert type="error" showIcon title={t('composition.alertOpen')} />}
      {outdated && <Alert type="warning" showIcon title={t('composition.outdated')} />}
      {changed.length > 0 && (state === 'draft' || state === 'signed') && (
        <Alert
          type="warning"
          showIcon
          title={t('composition.changed', { parts: changed.join('、') })}
          action={
            <Button size="small" onClick={onReload}>
              {t('composition.reload')}
            </Button>
          }
        />
      )}
      {state === 'recalled' && <Alert type="error" showIcon title={t('composition.recalled', { because })} />}
      {state === 'amended' && <Alert type="info" showIcon title={t('composition.amended')} />}
      {because && state !== 'recalled' && <p className="pb-hint">{t('composition.because', { because })}</p>}
    </>
  )
}

function LogCard({ composition: { log, parts, versions, started, id } }: { composition: CompositionView }) {
  const t = useT('health-report')
  const nameOf = (part: string) =>
    part === 'chief'
      ? t('composition.whole')
      : (parts.find(({ key }) => key === part)?.title ?? t('composition.formerPart'))
  return (
    <Card title={t('composition.log')}>
      <Facts
        items={[
          [
            t('column.started'),
            <span key="s">
              {started.name} <InstantText at={started.at} />
            </span>,
          ],
          ...log.map(
            ({ part, act, name, at }) =>
              [
                nameOf(part),
                <span key={`${part} ${at}`}>
                  {t(`act.${act}`, { name })} <InstantText at={at} />
                </span>,
              ] as const,
          ),
        ]}
      />
      {versions.length > 1 && (
        <Row>
          {versions.map((one) =>
            one.id === id ? (
              <strong key={one.id}>{t('list.version', { version: one.version })}</strong>
            ) : (
              <Go key={one.id} to={`/report-signing/${one.id}`}>
                {t('list.version', { version: one.version })} {t(`compositionState.${one.state}`)}
              </Go>
            ),
          )}
        </Row>
      )}
    </Card>
  )
}
