import { Button } from 'antd'
import {
  Card,
  Empty,
  Loading,
  ProblemAlert,
  Row,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { assessRisks, listRisks, type RiskLine } from '../contract/risk.ts'
import { FillDrawer } from './fill-drawer.tsx'
import { MissingPart, RangeFaults } from './missing-part.tsx'
import { RiskCard } from './risk-card.tsx'
import { useBilingual } from './words.ts'
import { WhatIfDrawer } from './what-if-drawer.tsx'

/** 风险: what instruments say about a patient; results first, then what is still missing. */
export function RiskTab({ patientId }: { patientId: string }) {
  const t = useT('risk')
  const { data, error, refetch } = useApi(listRisks, { params: { patientId: patientId as never } }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={6} />
  if (data.who !== 'adult') return <Empty title={t(`who.${data.who}`)} hint={t(`who.${data.who}Hint`)} />
  const results = data.risks.filter(({ newest }) => newest !== null)
  const others = data.risks.filter(({ newest }) => newest === null)
  const [apart, waiting] = [others.filter(isApart), others.filter((line) => !isApart(line))]
  return (
    <Stack>
      <Row>
        <p className="pb-hint">{t('notice')}</p>
        {data.can.assess && <AssessButton patientId={patientId} />}
      </Row>
      {results.map((line) => (
        <RiskCard key={line.instrument} patientId={patientId} line={line} can={data.can} />
      ))}
      {waiting.length > 0 && <WaitingCard lines={waiting} canFill={data.can.assess} />}
      {apart.length > 0 && <ApartCard lines={apart} />}
      <FillDrawer patientId={patientId} lines={data.risks} canMeasure={data.can.measure} />
      <WhatIfDrawer lines={data.risks} />
    </Stack>
  )
}

/** Nothing that could be measured or asked would make it apply: another sex, an age that the model does not take. */
function isApart({ state, outOfRange }: RiskLine): boolean {
  return state === 'not-applicable' || outOfRange.some(({ ofPerson }) => ofPerson)
}

function AssessButton({ patientId }: { patientId: string }) {
  const t = useT('risk')
  const say = useSay()
  const assess = useAction(assessRisks, {
    invalidates: [listRisks],
    onDone: ({ added }) => say.done(added > 0 ? t('assessed', { count: added }) : t('assessedSame')),
  })
  return (
    <Button
      loading={assess.isPending}
      onClick={() => assess.mutate({ params: { patientId: patientId as never } }, { onError: say.problem })}
    >
      {t('assess')}
    </Button>
  )
}

function WaitingCard({ lines, canFill }: { lines: readonly RiskLine[]; canFill: boolean }) {
  const t = useT('risk')
  const words = useBilingual()
  return (
    <Card title={t('group.waiting')}>
      <Stack>
        {lines.map((line) => (
          <section key={line.instrument} aria-label={words(line.title)}>
            <h3>{words(line.title)}</h3>
            <p className="pb-hint">{words(line.about)}</p>
            <MissingPart line={line} canFill={canFill} />
          </section>
        ))}
      </Stack>
    </Card>
  )
}

function ApartCard({ lines }: { lines: readonly RiskLine[] }) {
  const t = useT('risk')
  const words = useBilingual()
  return (
    <Card title={t('group.apart')}>
      <Stack tight>
        {lines.map((line) => (
          <div key={line.instrument}>
            <h3>{words(line.title)}</h3>
            {line.notApplicable ? <p>{words(line.notApplicable)}</p> : <RangeFaults line={line} />}
          </div>
        ))}
      </Stack>
    </Card>
  )
}
