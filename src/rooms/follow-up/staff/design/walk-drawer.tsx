import { Button, Select, Switch } from 'antd'
import { useState } from 'react'
import { daysBetween } from '../../../../platform/clock.ts'
import {
  DateText,
  Empty,
  Loading,
  ProblemAlert,
  Row,
  SideDrawer,
  Stack,
  Status,
  useApi,
  useCan,
  useT,
} from '../../../../platform/web/index.ts'
import { Labelled } from '../../../questionnaire/staff/designer/labelled.tsx'
import { PatientSelect } from '../../../task/staff/patient-select.tsx'
import { walkPathway, type WalkView } from '../../contract/walk.ts'
import { useSaid } from '../words.ts'
import { ConditionWords } from './branch-words.tsx'
import { useDesign } from './context.ts'
import { assume, conditionAt, type Assumed, type Truth } from './assumptions.ts'
import { WalkLine } from './walk-line.tsx'

const SPANS = [90, 180, 365, 730] as const

/** 试走: a chosen person, or a made-up one, walked through what stands on the screen; nothing is kept. */
export function WalkDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useT('follow-up')
  return (
    <SideDrawer title={t('design.walk.title')} open={open} onClose={onClose} widthPx={760}>
      {open && <Walk />}
    </SideDrawer>
  )
}

function Walk() {
  const t = useT('follow-up')
  const { definition } = useDesign()
  const mayChoose = useCan('patient.read')
  const [patientId, setPatient] = useState<string | null>(null)
  const [days, setDays] = useState<number>(180)
  const [outcomes, setOutcomes] = useState<Assumed[]>([])
  const [truths, setTruths] = useState<Truth[]>([])
  const [asked, ask] = useState(false)
  const { data, error, isFetching } = useApi(
    walkPathway,
    {
      body: {
        definition,
        days,
        outcomes: outcomes as never,
        truths,
        ...(patientId ? { patientId: patientId as never } : {}),
      },
    },
    { enabled: asked },
  )
  return (
    <Stack>
      <p className="pb-hint">{t('design.walk.hint')}</p>
      <Row>
        {mayChoose && (
          <div className="pb-path-patient">
            <Labelled label={t('design.walk.patient')}>
              <PatientSelect
                value={patientId}
                onChange={(chosen) => {
                  setPatient(chosen)
                  setTruths([])
                }}
              />
            </Labelled>
          </div>
        )}
        <Labelled label={t('design.walk.span')}>
          <Select
            value={days}
            options={SPANS.map((value) => ({ value, label: t('interval.days', { count: value }) }))}
            onChange={setDays}
          />
        </Labelled>
        <Button type="primary" loading={isFetching} onClick={() => ask(true)}>
          {t('design.walk.go')}
        </Button>
      </Row>
      {!asked && <p className="pb-hint">{t(mayChoose ? 'design.walk.begin' : 'design.walk.madeUp')}</p>}
      <ProblemAlert problem={error} />
      {asked && !data && !error && <Loading />}
      {data && (
        <Walked
          walk={data}
          isPatient={patientId !== null}
          onAssume={(one) => setOutcomes(assume(outcomes, one))}
          outcomes={outcomes}
          onTruth={(one) => setTruths([...truths.filter(({ place }) => place !== one.place), one])}
        />
      )}
    </Stack>
  )
}

function Walked({
  walk,
  isPatient,
  outcomes,
  onAssume,
  onTruth,
}: {
  walk: WalkView
  isPatient: boolean
  outcomes: readonly Assumed[]
  onAssume: (one: Assumed) => void
  onTruth: (one: Truth) => void
}) {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition } = useDesign()
  const dayOf = (date: string) => daysBetween(walk.anchorOn, date)
  const items = walk.items.toSorted((a, b) => ((a.on ?? a.dueOn) < (b.on ?? b.dueOn) ? -1 : 1))
  const times = new Map<string, number>()
  const name = (code: string) => {
    const step = definition.steps.find((one) => one.code === code)
    return step ? said(step.name) : code
  }
  return (
    <Stack>
      {walk.asked.length > 0 && (
        <section className="pb-path-item" aria-label={t('design.walk.asked')}>
          <h3 className="pb-path-h3">{t('design.walk.asked')}</h3>
          <p className="pb-hint">{t(isPatient ? 'design.walk.askedOfPatient' : 'design.walk.askedOfNobody')}</p>
          <ul className="pb-path-changes">
            {walk.asked.map(({ place, holds, from }) => (
              <li key={place} className="pb-row">
                <Switch
                  size="small"
                  checked={holds}
                  aria-label={t('design.walk.holds', { place })}
                  onChange={(value) => onTruth({ place, holds: value, fromDay: 0 })}
                />
                <span>
                  <PlaceWords place={place} /> <small className="pb-hint">{t(`design.walk.from.${from}`)}</small>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {items.length === 0 ? (
        <Empty title={t('design.walk.nothing')} />
      ) : (
        <ol className="pb-path-walk" aria-label={t('design.walk.days')}>
          {items.map((item) => {
            const nth = (times.get(item.step) ?? 0) + 1
            times.set(item.step, nth)
            return (
              <WalkLine
                key={`${item.track} ${item.sequence}`}
                item={item}
                nth={nth}
                day={dayOf(item.on ?? item.dueOn)}
                outcome={outcomes.find((one) => one.step === item.step && one.nth === nth)}
                onAssume={onAssume}
              />
            )
          })}
        </ol>
      )}
      <p>
        {walk.ended ? (
          <Status tone="good">
            {walk.ended.name
              ? t('design.walk.endedBy', { name: said(walk.ended.name), day: dayOf(walk.ended.on) })
              : t('design.walk.ended', { day: dayOf(walk.ended.on) })}
          </Status>
        ) : (
          <span className="pb-hint">
            {t('design.walk.goesOn')} <DateText date={walk.untilOn} />
          </span>
        )}
      </p>
      {[...walk.clashes, ...walk.gaps].length > 0 && (
        <section aria-label={t('design.walk.look')}>
          <h3 className="pb-path-h3">{t('design.walk.look')}</h3>
          <ul className="pb-path-changes">
            {walk.clashes.map(({ code, on, steps }) => (
              <li key={`${code} ${on}`}>
                {t(`design.clash.${code}`, { day: dayOf(on), count: 0, steps: steps.map(name).join(t('comma')) })}
              </li>
            ))}
            {walk.gaps.map(({ from, to, days }) => (
              <li key={`${from} ${to}`}>{t('design.clash.gap', { day: dayOf(from), count: days, steps: '' })}</li>
            ))}
          </ul>
        </section>
      )}
    </Stack>
  )
}

/** What is asked at a place, in words: whose question it is, and the question. */
function PlaceWords({ place }: { place: string }) {
  const t = useT('follow-up')
  const said = useSaid()
  const { definition } = useDesign()
  const found = conditionAt(definition, place)
  if (!found) return <>{place}</>
  return (
    <>
      {t(`design.walk.place.${found.kind}`, { name: said(found.name) })}{' '}
      {found.condition !== undefined && <ConditionWords condition={found.condition} />}
    </>
  )
}
