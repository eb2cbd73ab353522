import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { call, DraftForm, Field, InstantText, Row, Stack, useCan, useT } from '../../../platform/web/index.ts'
import type { IndicatorCourse } from '../contract/indicators.ts'
import { correctReading, retractReading } from '../contract/readings.ts'
import type { RecordedValue } from '../contract/record.ts'
import { Because } from './because.tsx'
import { EndedNote } from './ended-note.tsx'
import { useSaved } from './use-saved.ts'
import { useValueWords } from './use-value-words.ts'
import { ValueText } from './value-text.tsx'
import { rangeWords } from './value-words.ts'

const SHOWN = 12

/** Every value, newest first, with its own interval, what was sent, and what was corrected. */
export function ValueList({
  patientId,
  course,
  titled,
}: {
  patientId: string
  course: IndicatorCourse
  titled: boolean
}) {
  const t = useT('observation')
  const [all, setAll] = useState(false)
  const values = [...course.series.flatMap(({ points }) => points), ...course.ended].toSorted(newestStandingFirst)
  return (
    <Stack tight>
      {titled && <h3>{course.name}</h3>}
      <div style={{ overflowX: 'auto', position: 'relative' }} tabIndex={0} role="region" aria-label={course.name}>
        <table className="pb-chart-table">
          <caption className="pb-sr">{course.name}</caption>
          <thead>
            <tr>
              {(['at', 'result', 'range', 'from', 'act'] as const).map((key) => (
                <th key={key} scope="col">
                  {key === 'act' ? <span className="pb-sr">{t('value.act')}</span> : t(`value.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {(all ? values : values.slice(0, SHOWN)).map((value) => (
              <ValueRow
                key={value.id}
                patientId={patientId}
                value={value}
                ours={value.value === null ? null : course.ours}
                derived={course.code === 'bmi'}
              />
            ))}
          </tbody>
        </table>
      </div>
      {!all && values.length > SHOWN && (
        <Row>
          <Button size="small" onClick={() => setAll(true)}>
            {t('value.all', { count: values.length })}
          </Button>
        </Row>
      )}
    </Stack>
  )
}

/** Of two values of one moment, the one that stands first. */
const newestStandingFirst = (a: RecordedValue, b: RecordedValue): number =>
  a.at === b.at ? Number(a.ended !== null) - Number(b.ended !== null) : a.at < b.at ? 1 : -1

function ValueRow({
  patientId,
  value,
  derived,
  ours,
}: {
  patientId: string
  value: RecordedValue
  derived: boolean
  ours: IndicatorCourse['ours']
}) {
  const t = useT('observation')
  const words = useValueWords()
  const canWrite = useCan('record.write')
  const [mode, setMode] = useState<'show' | 'correct' | 'retract'>('show')
  const show = () => setMode('show')
  const sent = value.original
  return (
    <tr>
      <td>
        <InstantText at={value.at} near={false} />
      </td>
      <td>
        {value.ended ? (
          <del>
            <ValueText shown={value} />
          </del>
        ) : (
          <ValueText shown={value} />
        )}
        {sent && (
          <div className="pb-hint">{t('value.sent', { value: [sent.value, sent.unit].filter(Boolean).join(' ') })}</div>
        )}
        {value.derivedFrom.length > 0 && <div className="pb-hint">{t('value.derived')}</div>}
        {value.ended && <EndedNote ended={value.ended} />}
      </td>
      <td>
        {rangeWords(value) || (ours && <span className="pb-hint">{`${rangeWords(ours)}${t('value.ours')}`}</span>)}
      </td>
      <td className="pb-hint">{words.source(value)}</td>
      <td>
        {canWrite && !value.ended && !derived && mode === 'show' && (
          <Row>
            {value.value !== null && (
              <Button size="small" onClick={() => setMode('correct')}>
                {t('correct.title')}
              </Button>
            )}
            <Button size="small" onClick={() => setMode('retract')}>
              {t('retract.title')}
            </Button>
          </Row>
        )}
        {mode === 'correct' && <CorrectValue patientId={patientId} value={value} onDone={show} />}
        {mode === 'retract' && (
          <Because
            endpoint={retractReading}
            input={(because) => ({ params: { patientId, observationId: value.id }, body: { because } })}
            submit={t('retract.submit')}
            onDone={show}
          />
        )}
      </td>
    </tr>
  )
}

/** The value that stands is kept in sight while the right one is typed. */
function CorrectValue({ patientId, value, onDone }: { patientId: string; value: RecordedValue; onDone: () => void }) {
  const t = useT('observation')
  const saved = useSaved()
  const send = async ({ reading, because }: { reading: { value: number }; because: string }) => {
    await call(correctReading, {
      params: { patientId, observationId: value.id },
      body: { reading: { ...reading, ...(value.unit ? { unit: value.unit } : {}) }, because },
    })
    onDone()
    await saved(t('corrected'))
  }
  return (
    <DraftForm<{ reading: { value: number }; because: string }>
      name={`correct-${value.id}`}
      keepDraft={false}
      submit={t('correct.submit')}
      onSubmit={send}
      onCancel={onDone}
    >
      <Field
        name={['reading', 'value']}
        label={t('correct.right')}
        required
        from={t('correct.stands', { value: `${value.value} ${value.unitPrinted}` })}
      >
        <InputNumber style={{ width: '100%' }} suffix={value.unitPrinted} autoFocus />
      </Field>
      <Field
        name="because"
        label={t('correct.because')}
        required
        rules={[{ min: 2, message: t('correct.becauseShort') }]}
      >
        <Input maxLength={300} placeholder={t('correct.becausePlaceholder')} />
      </Field>
    </DraftForm>
  )
}
