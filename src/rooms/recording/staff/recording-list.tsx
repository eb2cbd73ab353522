import type { ReactNode } from 'react'
import { z } from 'zod'
import {
  DataTable,
  Empty,
  InstantText,
  SideDrawer,
  Status,
  useOpened,
  useT,
  type Column,
  type PagesResult,
  type Tone,
} from '../../../platform/web/index.ts'
import { CLASSES, type RecordingLine, type RecordingState } from '../contract/words.ts'
import { minutesText } from './peaks.ts'
import { RecordingDetail } from './recording-drawer.tsx'
import { WithdrawPart } from './withdraw-part.tsx'

const TONES: Record<RecordingState, Tone> = {
  recording: 'danger',
  ended: 'good',
  interrupted: 'due',
  refused: 'plain',
  withdrawn: 'plain',
  deleted: 'plain',
}

export const recordingFilter = z.object({ class: z.enum(CLASSES).optional() })

export interface RecordingListProps {
  rows: PagesResult<RecordingLine>
  /** On the page of a person, who need not be named. */
  ofOne?: boolean
  toolbar?: ReactNode
  isFiltered?: boolean
}

/** Calls, newest first; one opens at the side. */
export function RecordingList({ rows, ofOne = false, toolbar, isFiltered = false }: RecordingListProps) {
  const t = useT('recording')
  const opened = useOpened('recording')
  const shown = rows.data?.rows.find((row) => row.id === opened.id)
  return (
    <>
      <DataTable<RecordingLine>
        name={ofOne ? 'recordings-of-one' : 'recordings'}
        label={t('list.title')}
        rows={rows}
        columns={useColumns(ofOne)}
        rowKey={(row) => row.id}
        rowName={(row) => `${row.patient.name} ${row.begunAt.slice(0, 10)}`}
        onOpen={(row) => opened.open(row.id)}
        toolbar={toolbar}
        isFiltered={isFiltered}
        empty={<Empty title={t('list.empty')} hint={t('list.emptyHint')} />}
      />
      <SideDrawer title={t('list.one')} open={shown !== undefined} onClose={opened.close} widthPx={520}>
        {shown && (
          <>
            <RecordingDetail key={shown.id} line={shown} />
            {shown.can.withdraw && <WithdrawPart line={shown} />}
          </>
        )}
      </SideDrawer>
    </>
  )
}

function useColumns(ofOne: boolean): Column<RecordingLine>[] {
  const t = useT('recording')
  const begun: Column<RecordingLine> = {
    key: 'begun',
    title: t('list.begun'),
    render: (row) => <InstantText at={row.begunAt} />,
  }
  const who: Column<RecordingLine> = { key: 'who', title: t('list.who'), render: (row) => row.patient.name }
  return [
    ...(ofOne ? [begun] : [who, begun]),
    { key: 'class', title: t('list.class'), render: (row) => t(`class.${row.class}`) },
    { key: 'by', title: t('list.by'), render: (row) => row.staff.name },
    {
      key: 'length',
      title: t('list.length'),
      number: true,
      render: (row) => (row.durationMs > 0 ? minutesText(row.durationMs) : ''),
    },
    {
      key: 'state',
      title: t('list.state'),
      card: 'aside',
      render: (row) => (
        <>
          <Status tone={TONES[row.state]}>{t(`state.${row.state}`)}</Status>
          {row.part && <span className="pb-hint"> {t('list.part', row.part)}</span>}
          {row.missing > 0 && <span className="pb-hint"> {t('list.missing', { count: row.missing })}</span>}
        </>
      ),
    },
    { key: 'plays', title: t('list.plays'), number: true, card: 'hide', render: (row) => row.plays || '' },
  ]
}
