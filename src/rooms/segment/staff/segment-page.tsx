import { Alert, Button, Progress } from 'antd'
import { useState } from 'react'
import {
  Card,
  Facts,
  Go,
  InstantText,
  Loading,
  Page,
  ProblemAlert,
  Stack,
  Status,
  useAction,
  useApi,
  usePathParam,
  useSay,
  useT,
  useShipped,
} from '../../../platform/web/index.ts'
import { openSegment, refreshSegment, restoreSegment, retireSegment, type SegmentView } from '../contract/segment.ts'
import { CHANGED } from './changed.ts'
import { EnrolDrawer } from './enrol-drawer.tsx'
import { DraftCard } from './draft-card.tsx'
import { HistoryCard, SizesCard } from './history-cards.tsx'
import { MembersCard } from './members-card.tsx'
import { ShippedHint } from './shipped-hint.tsx'
import { SizeText, STATE_TONES, useSaid, useSentence } from './words.tsx'

const WHILE_FILLING_MS = 1500

/** One segment: who is in it, in words; how many and since when; what it was before; who may change it. */
export function SegmentPage() {
  const t = useT('segment')
  const shipped = useShipped()
  const said = useSaid()
  const segmentId = usePathParam('segmentId') as SegmentView['id']
  const [enrolling, setEnrolling] = useState(false)
  const { data, error, refetch } = useApi(openSegment, { params: { segmentId } })
  // Numbers come in while the members do.
  const isFilling = data?.filling != null || data?.fills[0]?.filledAt === null
  useApi(openSegment, { params: { segmentId } }, { enabled: isFilling, everyMs: WHILE_FILLING_MS })
  const breadcrumbs = [{ label: t('nav.segments'), to: '/segments' }]
  if (error || !data)
    return (
      <Page title={t('nav.segment')} breadcrumbs={breadcrumbs}>
        {error ? <ProblemAlert problem={error} onRetry={() => void refetch()} /> : <Loading lines={6} />}
      </Page>
    )
  return (
    <Page
      title={said(data.name)}
      hint={shipped(data.purpose)}
      breadcrumbs={breadcrumbs}
      actions={
        <>
          {data.can.enrol && <Button onClick={() => setEnrolling(true)}>{t('enrol.open')}</Button>}
          {data.can.write && <Acts segment={data} />}
        </>
      }
    >
      <Stack>
        {data.stopped && <Alert type="warning" showIcon title={t('segment.stopped')} />}
        <Overview segment={data} />
        {data.draft && data.can.write && <DraftCard segment={data} draft={data.draft} />}
        {data.can.members && <MembersCard segmentId={data.id} />}
        <EnrolDrawer segmentId={data.id} open={enrolling} onClose={() => setEnrolling(false)} />
        {data.sizes.length > 1 && <SizesCard sizes={data.sizes} />}
        <HistoryCard segment={data} />
      </Stack>
    </Page>
  )
}

function Overview({ segment }: { segment: SegmentView }) {
  const t = useT('segment')
  const sentence = useSentence()
  const { sentence: said, filling } = segment
  return (
    <Card
      title={t('segment.who')}
      extra={<Status tone={STATE_TONES[segment.state]}>{t(`state.${segment.state}`)}</Status>}
    >
      <Stack>
        <div>
          <p>{sentence({ zh: said.zh, en: '' })}</p>
          <p className="pb-hint" lang="en">
            {said.en.charAt(0).toUpperCase() + said.en.slice(1)}
          </p>
        </div>
        <Facts
          items={[
            [t('field.size'), <SizeText key="size" size={segment.size} />],
            [t('field.mode'), t(`modeLong.${segment.mode}`)],
            [t('field.owner'), segment.owner?.name ?? (segment.shipped ? t('shipped.owner') : '')],
            [t('field.version'), segment.version === null ? '' : t('version.number', { version: segment.version })],
          ]}
        />
        <ShippedHint shipped={segment.shipped} />
        {filling && (
          <div role="status">
            <p className="pb-hint">
              {t('segment.filling')} <InstantText at={filling.startedAt} />
            </p>
            <Progress percent={Math.round(filling.share * 100)} size="small" aria-label={t('segment.filling')} />
          </div>
        )}
      </Stack>
    </Card>
  )
}

function Acts({ segment }: { segment: SegmentView }) {
  const t = useT('segment')
  const say = useSay()
  const params = { segmentId: segment.id }
  const refresh = useAction(refreshSegment, { invalidates: CHANGED, onDone: () => say.done(t('said.refreshed')) })
  const restore = useAction(restoreSegment, { invalidates: CHANGED, onDone: () => say.done(t('said.restored')) })
  const retire = useAction(retireSegment, {
    invalidates: CHANGED,
    onDone: () => say.undoable({ text: t('said.retired'), undo: () => restore.mutateAsync({ params }) }),
  })
  if (segment.state === 'retired')
    return <Button onClick={() => restore.mutate({ params }, { onError: say.problem })}>{t('act.restore')}</Button>
  return (
    <>
      {segment.state === 'active' && (
        <Button loading={retire.isPending} onClick={() => retire.mutate({ params }, { onError: say.problem })}>
          {t('act.retire')}
        </Button>
      )}
      {segment.state === 'active' && segment.mode === 'frozen' && (
        <Button loading={refresh.isPending} onClick={() => refresh.mutate({ params }, { onError: say.problem })}>
          {t('act.refresh')}
        </Button>
      )}
      <Go to={`/segments/${segment.id}/edit`}>
        <Button type={segment.draft ? 'default' : 'primary'}>{t(segment.draft ? 'act.goOn' : 'act.edit')}</Button>
      </Go>
    </>
  )
}
