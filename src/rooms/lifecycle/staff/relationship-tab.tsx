import { Button } from 'antd'
import {
  Card,
  InstantText,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  Status,
  useAction,
  useApi,
  useOpened,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { readRelationship, resumeRules, type Relationship } from '../contract/lifecycle.ts'
import { STAGES, type Stage } from '../contract/words.ts'
import { MOVED } from './changed.ts'
import { MoveForm } from './move-form.tsx'
import { MovesCard } from './moves-card.tsx'
import { PathwaysCard } from './pathways-card.tsx'
import { StageWhy } from './stage-why.tsx'
import { capital, useSaid } from './words.ts'
import './lifecycle.css'

/** 关系与路径: the two axes beside each other, and how the person came to stand where they stand. */
export function RelationshipTab({ patientId }: { patientId: string }) {
  const t = useT('lifecycle')
  const params = { patientId: patientId as never }
  const { data, error, refetch } = useApi(readRelationship, { params }, { keep: false })
  const why = useOpened('whyStage')
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={5} />
  const asked = data.stages.find(({ stage }) => stage === why.id)?.stage
  return (
    <Stack>
      <WayCard patientId={patientId} data={data} onWhy={(stage) => why.open(stage)} />
      <PathwaysCard data={data} />
      {data.can.write && (
        <Card title={t('move.title')}>
          <MoveForm key={data.revision} patientId={patientId} data={data} />
        </Card>
      )}
      <MovesCard patientId={patientId} data={data} />
      <SideDrawer
        title={asked ? t('why.title', { stage: t(`stage.${asked}`) }) : ''}
        open={asked !== undefined}
        onClose={why.close}
      >
        {asked && <StageWhy patientId={patientId} stage={asked} />}
      </SideDrawer>
    </Stack>
  )
}

interface WayProps {
  patientId: string
  data: Relationship
  onWhy: (stage: Stage) => void
}

/** All stages in their order, with what brings somebody into each; where the person is stands out by words and weight. */
function WayCard({ patientId, data, onWhy }: WayProps) {
  const t = useT('lifecycle')
  const said = useSaid()
  return (
    <Card title={t('nav.people')}>
      <Stack>
        {!data.stage && <p className="pb-hint">{t('tab.none')}</p>}
        {data.restsUntil && <Resting patientId={patientId} data={data} until={data.restsUntil} />}
        <ol className="lc-way">
          {data.stages.map(({ stage, meaning, sentence }) => {
            const isHere = stage === data.stage
            return (
              <li key={stage} aria-current={isHere ? 'step' : undefined}>
                <Row>
                  <strong>{t(`stage.${stage}`)}</strong>
                  {isHere && <Status tone="good">{t('tab.here')}</Status>}
                  {isHere && data.sinceAt && (
                    <span className="pb-hint">
                      <InstantText at={data.sinceAt} />
                    </span>
                  )}
                  {sentence && (
                    <button type="button" className="pb-link" onClick={() => onWhy(stage)}>
                      {t('tab.why')}
                    </button>
                  )}
                </Row>
                <p>{said(meaning)}</p>
                {!isHere && (
                  <p className="pb-hint">
                    {t('tab.asks')}
                    {sentence ? capital(said(sentence)) : t(stage === STAGES[0] ? 'tab.begins' : 'tab.byHand')}
                  </p>
                )}
              </li>
            )
          })}
        </ol>
      </Stack>
    </Card>
  )
}

function Resting({ patientId, data, until }: { patientId: string; data: Relationship; until: string }) {
  const t = useT('lifecycle')
  const say = useSay()
  const resume = useAction(resumeRules, { invalidates: MOVED, onDone: () => say.done(t('tab.resumed')) })
  return (
    <Row>
      <Status tone="due">{t('tab.rests', { date: until })}</Status>
      {data.can.resume && (
        <Button
          size="small"
          loading={resume.isPending}
          onClick={() =>
            resume.mutate(
              { params: { patientId: patientId as never }, body: { revision: data.revision } },
              { onError: say.problem },
            )
          }
        >
          {t('tab.resume')}
        </Button>
      )}
    </Row>
  )
}
