import { InputNumber, Radio, Select } from 'antd'
import { addReadings } from '../../observation/contract/readings.ts'
import {
  call,
  DraftForm,
  Field,
  SideDrawer,
  Stack,
  useAction,
  useOpened,
  useSay,
  useT,
} from '../../../platform/web/index.ts'
import { answerRisks, assessRisks, listRisks, type RiskLine } from '../contract/risk.ts'
import { askedFor, type Asked } from './asked.ts'
import { useBilingual, valueWords } from './words.ts'

type Values = Record<string, number | string | boolean | undefined>

export interface FillDrawerProps {
  patientId: string
  lines: readonly RiskLine[]
  canMeasure: boolean
}

/** What an instrument still asks: measurements go to the record, answers are kept with who gave them. `?fill=osta` */
export function FillDrawer({ patientId, lines, canMeasure }: FillDrawerProps) {
  const t = useT('risk')
  const words = useBilingual()
  const { id, close } = useOpened('fill')
  const line = lines.find(({ instrument }) => instrument === id)
  return (
    <SideDrawer title={line ? words(line.title) : ''} open={line !== undefined} onClose={close} widthPx={480}>
      {line && (
        <Stack>
          <p className="pb-hint">{words(line.about)}</p>
          <FillForm patientId={patientId} line={line} canMeasure={canMeasure} onDone={close} />
          {line.missing.some(({ way }) => 'file' in way) && (
            <p>
              {t('missing.inFile', {
                names: line.missing
                  .filter(({ way }) => 'file' in way)
                  .map(({ label }) => words(label))
                  .join(t('missing.separator')),
              })}
            </p>
          )}
        </Stack>
      )}
    </SideDrawer>
  )
}

interface FillFormProps {
  patientId: string
  line: RiskLine
  canMeasure: boolean
  onDone: () => void
}

function FillForm({ patientId, line, canMeasure, onDone }: FillFormProps) {
  const t = useT('risk')
  const words = useBilingual()
  const say = useSay()
  const asked = askedFor(line.missing).filter((one) => canMeasure || 'question' in one)
  const params = { patientId: patientId as never }
  const assess = useAction(assessRisks, { invalidates: [listRisks] })
  const answer = useAction(answerRisks, { invalidates: [listRisks] })
  const send = async (values: Values) => {
    const given = asked.filter(({ name }) => values[name] !== undefined && values[name] !== null)
    const readings = given.flatMap((one) =>
      'measure' in one ? [{ code: one.measure, value: values[one.name] as number, unit: one.ucum }] : [],
    )
    const answers = given.flatMap((one) =>
      'question' in one ? [{ question: one.question, value: values[one.name]! }] : [],
    )
    if (readings.length > 0) await call(addReadings, { params, body: { readings } })
    if (answers.length > 0) await answer.mutateAsync({ params, body: { answers } })
    else await assess.mutateAsync({ params })
    onDone()
    say.done(t('missing.saved'))
  }
  return (
    <DraftForm<Values>
      name={`risk-fill-${line.instrument}-${patientId}`}
      submit={t('missing.save')}
      onSubmit={send}
      onCancel={onDone}
    >
      {asked.map((one) => (
        <Field key={one.name} name={one.name} label={words(one.label)}>
          {inputFor(one, (value) => valueWords(t, value, ''))}
        </Field>
      ))}
    </DraftForm>
  )
}

function inputFor(one: Asked, say: (value: string | boolean) => string) {
  if ('measure' in one) return <InputNumber suffix={one.unit} style={{ width: 200 }} inputMode="decimal" />
  if (one.kind === 'number')
    return <InputNumber min={one.min ?? undefined} max={one.max ?? undefined} style={{ width: 200 }} />
  if (one.kind === 'choice')
    return <Select options={one.choices.map((value) => ({ value, label: say(value) }))} style={{ maxWidth: 320 }} />
  return <Radio.Group options={[true, false].map((value) => ({ value, label: say(value) }))} />
}
