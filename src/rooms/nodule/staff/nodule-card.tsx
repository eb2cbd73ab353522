import { Alert, Button } from 'antd'
import {
  Card,
  Go,
  InstantText,
  Row,
  Stack,
  Status,
  TrendChart,
  useCan,
  useT,
  useToday,
} from '../../../platform/web/index.ts'
import type { NoduleView } from '../contract/words.ts'
import { GradeLines } from './grade-lines.tsx'
import { ScanList } from './scan-list.tsx'
import { TalkList } from './talk-list.tsx'
import { GradeBadge, nameOf, newestOf, sizeWords, toneOf, useBilingual, WaitingMark } from './words.tsx'

export interface NoduleCardProps {
  nodule: NoduleView
  onAct: (act: string) => void
}

/** One nodule: where, which category, what is next; then its course, the talks and the log. */
export function NoduleCard({ nodule, onAct }: NoduleCardProps) {
  const t = useT('nodule')
  const words = useBilingual()
  const name = nameOf(t, nodule)
  const newest = newestOf(nodule)
  const settled = newest?.grades.find(({ state, superseded }) => state === 'settled' && !superseded)
  return (
    <Card title={name} extra={<GradeBadge grade={nodule.grade} />}>
      <Stack>
        <Stack tight>
          {settled?.title && (
            <p>
              <Status tone={toneOf(settled.tone)}>{words(settled.title)}</Status>
            </p>
          )}
          {newest && (
            <p>
              {t('scan.newest')} <strong className="pb-number">{newest.on}</strong>{' '}
              <span className="pb-number">{newest.gone ? t('scan.goneText') : sizeWords(newest)}</span>
            </p>
          )}
          <NextLook nodule={nodule} />
          <Waiting nodule={nodule} />
        </Stack>
        <Acts nodule={nodule} onAct={onAct} />
        {newest && <GradeLines nodule={nodule} scan={newest} />}
        <Course nodule={nodule} name={name} />
        <ScanList nodule={nodule} onAct={onAct} />
        <TalkList nodule={nodule} />
        <details>
          <summary>{t('history.title')}</summary>
          <ul>
            {nodule.events.map((event) => (
              <li key={event.version}>
                <InstantText at={event.at} /> {event.byName} {t(`event.${event.kind}`)}
                {event.note && <span className="pb-hint"> {event.note}</span>}
              </li>
            ))}
          </ul>
        </details>
      </Stack>
    </Card>
  )
}

function NextLook({ nodule }: { nodule: NoduleView }) {
  const t = useT('nodule')
  const words = useBilingual()
  const today = useToday()
  if (nodule.state === 'closed' && nodule.result && nodule.closing)
    return (
      <p>
        <Status tone="good">
          {t('card.closedWith', { result: t(`result.${nodule.result}`), name: nodule.closing.byName })}
        </Status>{' '}
        {nodule.closing.on && <span className="pb-number">{nodule.closing.on}</span>} {nodule.closing.text}
      </p>
    )
  const open = nodule.rechecks.find(({ state }) => state === 'open')
  if (!open) return null
  const values = {
    guideline: open.guideline ? words(open.guideline) : '',
    version: open.settingVersion ?? '',
    name: open.byName,
  }
  return (
    <>
      <p>
        {t(open.kind === 'refer' ? 'card.referBy' : 'card.next')}{' '}
        <strong>
          <span className="pb-number">{open.dueOn}</span>
        </strong>{' '}
        {open.dueOn < today && <Status tone="due">{t('card.overdue')}</Status>}
      </p>
      <p className="pb-hint">
        {t(
          open.source === 'radiologist'
            ? 'card.sourceRadiologist'
            : open.source === 'guideline'
              ? 'card.sourceGuideline'
              : 'card.sourcePhysician',
          values,
        )}
        {' · '}
        {t('card.anchor', { date: open.anchorOn })}
        {open.fromOn < open.dueOn && ` · ${t('card.from', { date: open.fromOn })}`}
        {open.words &&
          ` · ${open.source === 'radiologist' ? t('card.words', { words: open.words }) : t('card.because', { words: open.words })}`}
      </p>
    </>
  )
}

function Waiting({ nodule }: { nodule: NoduleView }) {
  const t = useT('nodule')
  const maySet = useCan('nodule.grade')
  if (!nodule.waiting) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={<WaitingMark nodule={nodule} />}
      description={t(`waitingHint.${nodule.waiting === 'grade' && nodule.dueOn ? 'gradeDated' : nodule.waiting}`, {
        organ: t(`organNodule.${nodule.organ}`),
      })}
      action={nodule.waiting === 'setting' && maySet ? <Go to="/nodule-settings">{t('scan.goSet')}</Go> : undefined}
    />
  )
}

const ORDER = ['grade', 'add-scan', 'set-interval', 'talk', 'close', 'correct', 'reopen'] as const

function Acts({ nodule, onAct }: NoduleCardProps) {
  const t = useT('nodule')
  const first =
    nodule.waiting === 'grade' && nodule.can.includes('grade')
      ? 'grade'
      : nodule.waiting === 'interval' && nodule.can.includes('set-interval')
        ? 'set-interval'
        : 'add-scan'
  return (
    <Row>
      {ORDER.filter((act) => nodule.can.includes(act)).map((act) => (
        <Button key={act} type={act === first ? 'primary' : 'default'} onClick={() => onAct(`${act}:${nodule.id}`)}>
          {t(`act.${act}`)}
          <span className="pb-sr">{nameOf(t, nodule)}</span>
        </Button>
      ))}
    </Row>
  )
}

/** Sizes over the scans, from two on. */
function Course({ nodule, name }: { nodule: NoduleView; name: string }) {
  const t = useT('nodule')
  const scans = nodule.scans.filter(({ ended, longMm }) => !ended && longMm !== null).toReversed()
  if (scans.length < 2) return null
  const solid = scans.filter(({ solidMm }) => solidMm !== null && solidMm > 0)
  const series = [
    {
      name: t('scan.long'),
      points: scans.map(({ on, longMm, facility }) => ({ at: on, value: longMm!, source: facility })),
    },
    ...(solid.length > 1
      ? [{ name: t('scan.solid'), points: solid.map(({ on, solidMm }) => ({ at: on, value: solidMm! })) }]
      : []),
  ]
  return (
    <TrendChart
      title={t('scan.chart')}
      name={t('scan.chartLabel', { name })}
      unit="mm"
      series={series}
      heightPx={180}
    />
  )
}
