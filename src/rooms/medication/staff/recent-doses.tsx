import { Button, Dropdown } from 'antd'
import { ProblemAlert, requestId, Row, Status, useAction, useSay, useT, useToday } from '../../../platform/web/index.ts'
import { listMedication, type ScheduleView } from '../contract/medication.ts'
import { takeTold, takeToldUndo } from '../contract/told.ts'
import { SKIP_REASONS, type Outcome, type SkipReason } from '../contract/words.ts'
import { timeOf } from './words.ts'

type Dose = ScheduleView['recent'][number]

/** The last doses, one line each; what somebody says of them on the phone is noted with one press, and taken back with one. */
export function RecentDoses({ patientId, schedule }: { patientId: string; schedule: ScheduleView }) {
  const t = useT('medication')
  const say = useSay()
  const today = useToday()
  const note = useAction(takeTold, { invalidates: [listMedication] })
  const undo = useAction(takeToldUndo, { invalidates: [listMedication] })
  if (schedule.recent.length === 0) return null
  const takeBack = async (takeId: string) => {
    await undo.mutateAsync({ params: { patientId: patientId as never, takeId } })
    say.done(t('recent.undone'), takeId)
  }
  const put = async ({ on, minute }: Dose, outcome: Outcome, reason: SkipReason | null) => {
    const clientId = requestId()
    try {
      await note.mutateAsync({
        params: { patientId: patientId as never },
        body: { clientId, scheduleId: schedule.id, on, minute, outcome, reason, words: '' },
      })
      say.undoable({ text: t('recent.noted'), undo: () => takeBack(clientId), about: clientId })
    } catch {
      // The refusal stands above the lines.
    }
  }
  const mayNote = schedule.recent.some(({ can }) => can.includes('note'))
  return (
    <section aria-label={t('recent.title')} className="md-recent">
      <h4>{t('recent.title')}</h4>
      {mayNote && <p className="pb-hint">{t('recent.hint')}</p>}
      <ProblemAlert problem={note.error ?? undo.error} />
      <ul>
        {schedule.recent.map((dose) => (
          <li key={`${dose.on} ${dose.minute}`}>
            <span className="pb-number">
              {t(dose.on === today ? 'recent.today' : 'recent.yesterday')} {timeOf(dose.minute)}
            </span>
            <Said given={dose.given} />
            <Row>
              {dose.can.includes('note') && (
                <Acts dose={dose} busy={note.isPending} onSay={(outcome, reason) => void put(dose, outcome, reason)} />
              )}
              {dose.can.includes('undo') && dose.given && (
                <Button
                  size="small"
                  type="text"
                  loading={undo.isPending}
                  onClick={() => void takeBack(dose.given!.id).catch(say.problem)}
                >
                  {t('recent.undo')}
                </Button>
              )}
            </Row>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Said({ given }: { given: Dose['given'] }) {
  const t = useT('medication')
  if (!given) return <span className="pb-hint">{t('recent.none')}</span>
  return (
    <span>
      <Status tone={given.outcome === 'taken' ? 'good' : 'due'}>{t(`mark.${given.outcome}`)}</Status>
      {given.reason && ` ${t(`my.reason.${given.reason}`)}`}
      {given.words && ` · ${given.words}`}{' '}
      <span className="pb-hint">{given.toldTo ? t('recent.told', { name: given.toldTo }) : t('recent.own')}</span>
    </span>
  )
}

function Acts(props: { dose: Dose; busy: boolean; onSay: (outcome: Outcome, reason: SkipReason | null) => void }) {
  const { dose, busy, onSay } = props
  const t = useT('medication')
  const when = <span className="pb-sr"> {timeOf(dose.minute)}</span>
  const items = SKIP_REASONS.map((reason) => ({ key: reason, label: t(`my.reason.${reason}`) }))
  return (
    <>
      {dose.given?.outcome !== 'taken' && (
        <Button size="small" disabled={busy} onClick={() => onSay('taken', null)}>
          {t('recent.taken')}
          {when}
        </Button>
      )}
      {dose.given?.outcome !== 'skipped' && (
        <Dropdown
          trigger={['click']}
          menu={{ items, onClick: ({ key }) => onSay('skipped', key as SkipReason) }}
          disabled={busy}
        >
          <Button size="small" aria-haspopup="menu">
            {t('recent.skipped')}
            {when}
          </Button>
        </Dropdown>
      )}
    </>
  )
}
