import { useMemo } from 'react'
import {
  Card,
  DataTable,
  DateText,
  Empty,
  InstantText,
  SexAge,
  Status,
  useAction,
  useApiPages,
  useGo,
  useLocale,
  useSay,
  useT,
  useToday,
  type BulkAction,
  type Column,
  type T,
} from '../../../platform/web/index.ts'
import { listBatches, printMany } from '../contract/batch.ts'
import { listCompositions, type CompositionLine, type STAGES } from '../contract/composition.ts'

type Stage = (typeof STAGES)[number]

/** Reports in one stage, the next act a click away. */
export function StageList({ stage }: { stage: Stage }) {
  const t = useT('health-report')
  const say = useSay()
  const go = useGo()
  const locale = useLocale()
  const today = useToday()
  const rows = useApiPages(listCompositions, { query: { stage } as never })
  const print = useAction(printMany, { invalidates: [listBatches] })
  const columns = useMemo(() => columnsOf(t, stage), [t, stage])
  const printChosen = async (chosen: CompositionLine[]) => {
    const patientIds = [...new Set(chosen.map(({ patient }) => patient.id))]
    try {
      await print.mutateAsync({ body: { title: t('batch.title', { day: today }), patientIds, language: locale } })
      go('/report-signing?tab=batch')
    } catch (error) {
      say.problem(error)
      throw error
    }
  }
  const bulk: BulkAction<CompositionLine>[] =
    stage === 'issued'
      ? [{ key: 'print', label: t('batch.printChosen'), permission: 'health-report.print', run: printChosen }]
      : []
  return (
    <Card flush>
      <DataTable<CompositionLine>
        name={`report-signing-${stage}`}
        label={t(`stage.${stage}`)}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        rowName={({ patient, examTitle }) => `${patient.name} ${examTitle}`}
        bulk={bulk}
        to={({ id }) => `/report-signing/${id}`}
        empty={<Empty title={t(`signing.empty.${stage}`)} hint={t('signing.emptyHint')} />}
      />
    </Card>
  )
}

function columnsOf(t: T, stage: Stage): Column<CompositionLine>[] {
  return [
    {
      key: 'patient',
      title: t('column.patient'),
      render: ({ patient: { name, sex, birthDate } }) => (
        <>
          <strong>{name}</strong> <SexAge sex={sex as never} birthDate={birthDate} />
        </>
      ),
    },
    {
      key: 'exam',
      title: t('column.exam'),
      render: ({ examOn, examTitle, version }) => (
        <>
          <DateText date={examOn} /> {examTitle} {version > 1 && t('list.version', { version })}
        </>
      ),
    },
    {
      key: 'parts',
      title: t('column.parts'),
      render: ({ parts, signedParts }) => (
        <span className="pb-number">{t('list.signedOf', { signed: signedParts, count: parts })}</span>
      ),
    },
    { key: 'abnormal', title: t('column.abnormal'), number: true, render: ({ abnormal }) => abnormal },
    ...(stage === 'issued'
      ? [
          {
            key: 'issued',
            title: t('column.issued'),
            render: ({ issuedBy, issuedAt }: CompositionLine) => (
              <>
                {issuedBy} <InstantText at={issuedAt} />
              </>
            ),
          },
          {
            key: 'told',
            title: t('column.told'),
            card: 'aside' as const,
            render: ({ notifiedAt }: CompositionLine) => (
              <Status tone={notifiedAt ? 'good' : 'plain'}>{t(notifiedAt ? 'told.yes' : 'told.no')}</Status>
            ),
          },
        ]
      : [
          {
            key: 'started',
            title: t('column.started'),
            render: ({ startedBy, startedAt }: CompositionLine) => (
              <>
                {startedBy} <InstantText at={startedAt} />
              </>
            ),
          },
        ]),
  ]
}
