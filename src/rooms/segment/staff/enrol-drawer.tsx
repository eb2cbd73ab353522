import { Button, InputNumber, Radio, Select } from 'antd'
import { useState } from 'react'
import {
  Loading,
  ProblemAlert,
  SideDrawer,
  Stack,
  useAction,
  useApi,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { listProtocols } from '../../follow-up/contract/catalogue.ts'
import type { ProtocolDefinition } from '../../follow-up/contract/protocol.ts'
import { whyNotSpread, type SpreadRule } from '../../follow-up/contract/spread.ts'
import { LoadPreview } from '../../follow-up/staff/load-preview.tsx'
import { Labelled } from '../../questionnaire/staff/designer/labelled.tsx'
import { countForEnrolment, enrolMembers } from '../contract/enrol.ts'
import type { SegmentId } from '../contract/words.ts'
import { useSaid } from './words.tsx'

const KINDS = ['overDays', 'perDay', 'none'] as const
type Kind = (typeof KINDS)[number]

/** Puts one's own people of a segment into a pathway, with the work of each day in sight. */
export function EnrolDrawer({
  segmentId,
  open,
  onClose,
}: {
  segmentId: SegmentId
  open: boolean
  onClose: () => void
}) {
  const t = useT('segment')
  return (
    <SideDrawer title={t('enrol.title')} open={open} onClose={onClose} widthPx={640}>
      {open && <Enrolling segmentId={segmentId} onClose={onClose} />}
    </SideDrawer>
  )
}

function Enrolling({ segmentId, onClose }: { segmentId: SegmentId; onClose: () => void }) {
  const t = useT('segment')
  const said = useSaid()
  const [code, setCode] = useState<string>()
  const { data, error, isLoading } = useApi(listProtocols)
  // What counts from a day of each person's own is begun one by one.
  const protocols = (data?.protocols ?? []).filter(
    ({ state, reach, definition }) =>
      state === 'published' && reach?.length !== 0 && whyNotSpread(definition)?.why !== 'event',
  )
  const chosen = protocols.find((one) => one.code === code)
  return (
    <Stack>
      <ProblemAlert problem={error} />
      <Labelled label={t('enrol.protocol')}>
        <Select
          loading={isLoading}
          style={{ width: '100%' }}
          {...(code ? { value: code } : {})}
          onChange={setCode}
          options={protocols.map((one) => ({ value: one.code, label: said(one.definition.name) }))}
        />
      </Labelled>
      <p className="pb-hint">{t('enrol.who')}</p>
      {chosen && <Choosing key={chosen.code} segmentId={segmentId} definition={chosen.definition} onClose={onClose} />}
    </Stack>
  )
}

function Choosing({
  segmentId,
  definition,
  onClose,
}: {
  segmentId: SegmentId
  definition: ProtocolDefinition
  onClose: () => void
}) {
  const t = useT('segment')
  const say = useSay()
  const params = { segmentId }
  const mayWait = whyNotSpread(definition) === undefined
  const { data, error } = useApi(countForEnrolment, { params, body: { protocol: definition.code } })
  const own = definition.spread
  const [kind, setKind] = useState<Kind>(!mayWait ? 'none' : own && 'perDay' in own ? 'perDay' : 'overDays')
  const [days, setDays] = useState(own && 'overDays' in own ? own.overDays : 14)
  const [perDay, setPerDay] = useState(own && 'perDay' in own ? own.perDay : 20)
  const spread: SpreadRule | undefined =
    kind === 'none' ? undefined : kind === 'perDay' ? { perDay } : { overDays: days }
  const enrol = useAction(enrolMembers, {
    onDone: ({ beginnings }) => {
      say.done(t('enrol.done', { count: beginnings.reduce((sum, { count }) => sum + count, 0) }))
      onClose()
    },
  })
  if (error) return <ProblemAlert problem={error} />
  if (!data) return <Loading />
  if (data.people === 0) return <p>{t('enrol.nobody')}</p>
  const { spread: _own, ...rest } = definition
  return (
    <Stack>
      <p>{t('enrol.people', { count: data.people })}</p>
      {mayWait ? (
        <Labelled label={t('enrol.how')}>
          <Radio.Group
            className="pb-stack"
            value={kind}
            onChange={({ target: { value } }) => setKind(value as Kind)}
            options={KINDS.map((value) => ({ value, label: t(`enrol.kind.${value}`) }))}
          />
        </Labelled>
      ) : (
        <p className="pb-hint">{t('enrol.cannotWait')}</p>
      )}
      {kind === 'overDays' && (
        <Labelled label={t('enrol.overDays')}>
          <InputNumber min={2} max={180} precision={0} value={days} onChange={(n) => n !== null && setDays(n)} />
        </Labelled>
      )}
      {kind === 'perDay' && (
        <Labelled label={t('enrol.perDay')}>
          <InputNumber
            min={1}
            max={100_000}
            precision={0}
            value={perDay}
            onChange={(n) => n !== null && setPerDay(n)}
          />
        </Labelled>
      )}
      <LoadPreview definition={spread ? { ...rest, spread } : rest} people={data.people} />
      <ProblemAlert problem={enrol.error} />
      <div>
        <Button
          type="primary"
          loading={enrol.isPending}
          onClick={() => enrol.mutate({ params, body: { protocol: definition.code, ...(spread ? { spread } : {}) } })}
        >
          {t('enrol.send', { count: data.people })}
        </Button>
      </div>
    </Stack>
  )
}
