import { Button } from 'antd'
import { Empty, Loading, ProblemAlert, Row, Stack, useApi, useOpened, useT } from '../../../platform/web/index.ts'
import { PrintButton } from '../../observation/staff/print-button.tsx'
import { listGiven, listProposals } from '../contract/advice.ts'
import { EnergyDrawer } from './energy-drawer.tsx'
import { ExerciseDrawer } from './exercise-drawer.tsx'
import { GiveDrawer } from './give-drawer.tsx'
import { GivenPart } from './given-part.tsx'
import { OthersDrawer } from './others-drawer.tsx'
import { LeftOutCard, ProposedCards } from './proposed-part.tsx'

/** 健康建议: what the rules propose and why, what they left out and why, what the person was given. */
export function AdviceTab({ patientId }: { patientId: string }) {
  const t = useT('advice')
  const input = { params: { patientId: patientId as never } }
  const proposals = useApi(listProposals, input, { keep: false })
  const given = useApi(listGiven, input, { keep: false })
  const error = proposals.error ?? given.error
  if (error)
    return <ProblemAlert problem={error} onRetry={() => void Promise.all([proposals.refetch(), given.refetch()])} />
  if (!proposals.data || !given.data) return <Loading lines={6} />
  const { proposed, leftOut, others, locale, solarTerm, can } = proposals.data
  return (
    <Stack>
      <div className="pb-unprinted">
        <Tools
          patientId={patientId}
          canGive={can.give}
          hasOthers={others.length > 0}
          solarTerm={solarTerm}
          canPrint={given.data.rows.length > 0}
        />
      </div>
      <div className="pb-unprinted">
        <Stack>
          {proposed.length === 0 && <Empty title={t('proposed.empty')} hint={t('proposed.emptyHint')} />}
          <ProposedCards proposals={proposed} />
          {leftOut.length > 0 && <LeftOutCard proposals={leftOut} canOverride={can.override} />}
        </Stack>
      </div>
      <GivenPart patientId={patientId} given={given.data} />
      <GiveDrawer
        patientId={patientId}
        cards={[...proposed, ...leftOut, ...others]}
        locale={locale}
        canOverride={can.override}
      />
      <OthersDrawer cards={others} />
      {can.give && <EnergyDrawer patientId={patientId} locale={locale} />}
      {can.give && <ExerciseDrawer patientId={patientId} locale={locale} />}
    </Stack>
  )
}

interface ToolsProps {
  patientId: string
  canGive: boolean
  hasOthers: boolean
  solarTerm: string
  canPrint: boolean
}

function Tools({ canGive, hasOthers, solarTerm, canPrint }: ToolsProps) {
  const t = useT('advice')
  const energy = useOpened('energy')
  const exercise = useOpened('exercise')
  const others = useOpened('others')
  return (
    <Row>
      <span className="pb-hint">{t('tab.hint', { term: solarTerm })}</span>
      {canGive && <Button onClick={() => energy.open('new')}>{t('energy.open')}</Button>}
      {canGive && <Button onClick={() => exercise.open('new')}>{t('exercise.open')}</Button>}
      {hasOthers && <Button onClick={() => others.open('all')}>{t('others.open')}</Button>}
      {canPrint && <PrintButton />}
    </Row>
  )
}
