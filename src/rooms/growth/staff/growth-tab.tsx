import { Alert, Button } from 'antd'
import { Empty, Loading, ProblemAlert, Row, Stack, useApi, useOpened, useT } from '../../../platform/web/index.ts'
import { PrintButton } from '../../observation/staff/print-button.tsx'
import { getCourse, type GrowthCourse } from '../contract/growth.ts'
import { BoneAgeDrawer } from './bone-age-drawer.tsx'
import { CurveCard } from './curve-card.tsx'
import { MeasureDrawer } from './measure-drawer.tsx'
import { ProfileDrawer } from './profile-drawer.tsx'
import { ProgrammePart } from './programme-part.tsx'
import { ReadWith } from './read-with.tsx'
import { SignsCard } from './signs-card.tsx'

/** 生长发育: how a child grows, what the curve is read with, and the programme it may be in. */
export function GrowthTab({ patientId }: { patientId: string }) {
  const t = useT('growth')
  const acting = useOpened('grow')
  const { data, error, refetch } = useApi(getCourse, { params: { patientId: patientId as never } }, { keep: false })
  if (error) return <ProblemAlert problem={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={8} />
  const hasPoints = data.measures.some(({ points }) => points.length > 0)
  const measure = (
    <Button type="primary" onClick={() => acting.open('measure')}>
      {t('act.measure')}
    </Button>
  )
  return (
    <Stack>
      {data.refused && <Alert type="warning" showIcon title={t(`refused.${data.refused}`)} />}
      {data.can.write && (
        <Row>
          {hasPoints && measure}
          <Button onClick={() => acting.open('profile')}>{t('act.profile')}</Button>
          <Button onClick={() => acting.open('bone-age')}>{t('act.boneAge')}</Button>
          {hasPoints && <PrintButton />}
        </Row>
      )}
      {hasPoints ? (
        <Curves course={data} patientId={patientId} />
      ) : (
        <Empty title={t('tab.empty')} hint={t('tab.emptyHint')} action={data.can.write ? measure : undefined} />
      )}
      <ProgrammePart patientId={patientId} />
      <MeasureDrawer patientId={patientId} open={acting.id === 'measure'} onClose={acting.close} />
      <ProfileDrawer patientId={patientId} course={data} open={acting.id === 'profile'} onClose={acting.close} />
      <BoneAgeDrawer patientId={patientId} open={acting.id === 'bone-age'} onClose={acting.close} />
    </Stack>
  )
}

function Curves({ course, patientId }: { course: GrowthCourse; patientId: string }) {
  return (
    <>
      <SignsCard signs={course.signs} />
      <CurveCard course={course} patientId={patientId} />
      <ReadWith course={course} />
    </>
  )
}
