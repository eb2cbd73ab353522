import { Button } from 'antd'
import {
  Card,
  DateText,
  Empty,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  Status,
  useAction,
  useApi,
  useLocale,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { enterStage, readStages, type StagesOfPatient } from '../contract/care-stage.ts'
import { Checklist } from './checklist.tsx'
import { MoveOn } from './move-on.tsx'

/** 就医阶段: where the person stands, what is to be done there, and the way so far. */
export function StageTab({ patientId }: { patientId: string }) {
  const { data, error, refetch } = useApi(readStages, { params: { patientId: patientId as never } })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={5} />
  return (
    <Stack>
      {data.current ? <Current patientId={patientId} stages={data} /> : <Begin patientId={patientId} stages={data} />}
      {data.past.length > 0 && <Past stages={data} />}
    </Stack>
  )
}

function Begin({ patientId, stages }: { patientId: string; stages: StagesOfPatient }) {
  const t = useT('care-stage')
  const say = useSay()
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const enter = useAction(enterStage, { invalidates: [readStages] })
  const begin = (stage: StagesOfPatient['ways'][number]['stage']) =>
    enter.mutate(
      { params: { patientId: patientId as never }, body: { stage, leaving: null } },
      { onError: say.problem },
    )
  const buttons = stages.can.write && (
    <Row>
      {stages.ways.map(({ stage, name }) => (
        <Button key={stage} loading={enter.isPending} onClick={() => begin(stage)}>
          {t('tab.start', { name: name[language] })}
        </Button>
      ))}
    </Row>
  )
  return <Empty title={t('tab.empty')} hint={stages.can.write && t('tab.emptyHint')} action={buttons} />
}

function Current({ patientId, stages }: { patientId: string; stages: StagesOfPatient }) {
  const t = useT('care-stage')
  const language = useLocale() === 'en' ? 'en' : 'zh'
  const current = stages.current!
  return (
    <>
      <Card>
        <Row>
          <strong>{current.name[language]}</strong>
          <Status tone="good">{t('tab.days', { count: current.days + 1 })}</Status>
          <span className="pb-hint">
            <DateText date={current.enteredOn} /> {current.by}
          </span>
        </Row>
        {current.because && <p className="pb-hint">{t('tab.reason', { because: current.because })}</p>}
      </Card>
      <Card title={t('tab.list')}>
        <Checklist patientId={patientId} stageId={current.id} items={current.items} canWrite={stages.can.write} />
      </Card>
      {stages.can.write && (
        <Card title={t('tab.move')}>
          <MoveOn key={current.id} patientId={patientId} stages={stages} />
        </Card>
      )}
    </>
  )
}

function Past({ stages }: { stages: StagesOfPatient }) {
  const t = useT('care-stage')
  const language = useLocale() === 'en' ? 'en' : 'zh'
  return (
    <Card title={t('tab.past')}>
      <Stack tight>
        {stages.past.map((one) => (
          <div key={one.id}>
            <Row>
              <strong>{one.name[language]}</strong>
              <span>
                <DateText date={one.enteredOn} /> – <DateText date={one.leftOn} />
              </span>
              <span className="pb-hint">{t('tab.tookDays', { count: one.days })}</span>
              <span className="pb-hint">{one.by}</span>
            </Row>
            {one.because && <p className="pb-hint">{t('tab.reason', { because: one.because })}</p>}
            {one.leftOpen.length > 0 && (
              <p className="pb-hint">
                {t('tab.leftOpen', {
                  what: one.leftOpen.map((text) => text[language]).join(language === 'en' ? '; ' : '；'),
                })}
              </p>
            )}
          </div>
        ))}
      </Stack>
    </Card>
  )
}
