import { Alert, Checkbox, Form, Input, InputNumber, Select, type FormInstance } from 'antd'
import { useState } from 'react'
import { dateIn } from '../../../platform/clock.ts'
import {
  Columns,
  DateInput,
  DraftForm,
  Field,
  Go,
  Loading,
  useApi,
  useCan,
  useT,
  useTimeZone,
} from '../../../platform/web/index.ts'
import { listReports } from '../../observation/contract/reports.ts'
import { readCategories, type FoundCategory } from '../contract/read-category.ts'
import { listNoduleSettings, type OrganSetting } from '../contract/setting.ts'
import { MODALITIES, ORGANS, SIDES, SIZE_ASKED, type Organ } from '../contract/words.ts'
import { FeatureFields } from './feature-fields.tsx'
import { scanOf, UNNAMED, type ScanValues } from './scan-values.ts'
import { useBilingual } from './words.tsx'

export interface ScanFormProps {
  name: string
  patientId: string
  /** Asked for where it is not known yet. */
  organ?: Organ
  initial: ScanValues
  submit: string
  /** A correction says why. */
  asksWhy?: boolean
  onSubmit: (values: ScanValues, scan: Record<string, unknown>) => Promise<unknown>
  onCancel: () => void
}

/** A scan as the report describes it: day, sizes, what the clinic's system asks, the report's own words and interval. */
export function ScanForm(props: ScanFormProps) {
  const { data } = useApi(listNoduleSettings)
  return data ? <Fields {...props} settings={data.organs} /> : <Loading lines={4} />
}

function Fields({ settings, ...props }: ScanFormProps & { settings: readonly OrganSetting[] }) {
  const t = useT('nodule')
  const [form] = Form.useForm<ScanValues>()
  const organ = (Form.useWatch('organ', form) as Organ | undefined) ?? props.organ ?? props.initial.organ
  const [found, setFound] = useState<FoundCategory[]>([])
  const gone = Form.useWatch(['scan', 'gone'], { form, preserve: true }) as boolean | undefined
  const setting = settings.find((one) => one.organ === organ)
  const read = (text: string) => {
    const now = organ ? readCategories(text, organ) : []
    setFound(now)
    const [first] = now
    if (first && !form.getFieldValue(['scan', 'reported', 'category']))
      form.setFieldValue(['scan', 'reported'], { system: first.system ?? UNNAMED, category: first.category })
  }
  const submit = (values: ScanValues) => {
    const category = values.scan.reported?.category
    return props.onSubmit(values, scanOf(values, found.find((one) => one.category === category)?.raw))
  }
  return (
    <DraftForm<ScanValues>
      name={props.name}
      form={form}
      initial={props.initial}
      submit={props.submit}
      onSubmit={submit}
      onCancel={props.onCancel}
    >
      {!props.organ && <PlaceFields organ={organ} />}
      <Report patientId={props.patientId} form={form} onRead={read} />
      <Columns minPx={200}>
        <Field name={['scan', 'on']} label={t('scan.date')} required extra={t('scan.dateHint')}>
          <DateInput />
        </Field>
        <Field name={['scan', 'modality']} label={t('scan.modality')} required>
          <Select options={MODALITIES.map((value) => ({ value, label: t(`modality.${value}`) }))} />
        </Field>
      </Columns>
      <Field name={['scan', 'facility']} label={t('scan.facility')} extra={t('scan.facilityHint')}>
        <Input maxLength={80} />
      </Field>
      <Field name={['scan', 'gone']} label={t('scan.size')} valuePropName="checked">
        <Checkbox>{t('scan.gone')}</Checkbox>
      </Field>
      {gone ? (
        <p className="pb-hint">{t('scan.goneHint')}</p>
      ) : (
        <>
          <Sizes organ={organ} />
          <Features setting={setting} />
        </>
      )}
      <Field name={['scan', 'reportText']} label={t('scan.reportText')} extra={t('scan.reportTextHint')}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={2000}
          onChange={(event) => read(event.target.value)}
        />
      </Field>
      {found.map((one) => (
        <p key={one.raw} className="pb-hint">
          {t(one.system ? 'scan.found' : 'scan.foundUnnamed', { raw: one.raw })}
        </p>
      ))}
      <Reported setting={setting} />
      <OwnInterval />
      {props.asksWhy && (
        <Field name="because" label={t('scan.correctBecause')} required>
          <Input maxLength={500} />
        </Field>
      )}
    </DraftForm>
  )
}

function PlaceFields({ organ }: { organ: Organ | undefined }) {
  const t = useT('nodule')
  return (
    <>
      <Field name="organ" label={t('register.organ')} required>
        <Select options={ORGANS.map((value) => ({ value, label: t(`organNodule.${value}`) }))} />
      </Field>
      <Columns minPx={200}>
        <Field name="side" label={t('place.side')} required>
          <Select options={SIDES.map((value) => ({ value, label: t(`side.${value}`) }))} />
        </Field>
        <Field name="place" label={t('place.place')}>
          <Input maxLength={120} placeholder={organ && t(`place.placeholder.${organ}`)} />
        </Field>
      </Columns>
    </>
  )
}

interface ReportProps {
  patientId: string
  form: FormInstance<ScanValues>
  onRead: (text: string) => void
}

/** A report of the record fills in its day and its words; both stay to be checked. */
function Report({ patientId, form, onRead }: ReportProps) {
  const t = useT('nodule')
  const timeZone = useTimeZone()
  const mayRead = useCan('record.read')
  const { data } = useApi(
    listReports,
    { params: { patientId: patientId as never }, query: { limit: 100 } as never },
    { enabled: mayRead },
  )
  const rows = (data?.rows ?? []).filter(({ category }) => category !== 'laboratory' && category !== 'ecg')
  if (rows.length === 0) return null
  const choose = (id: string | undefined) => {
    const report = rows.find((one) => one.id === id)
    if (!report) return
    const scan = form.getFieldValue('scan') as ScanValues['scan']
    const reportText = scan.reportText || report.impression || ''
    form.setFieldsValue({
      scan: {
        on: scan.on ?? dateIn(new Date(report.at), timeZone),
        reportText,
        facility: scan.facility || report.performer,
      },
    })
    onRead(reportText)
  }
  return (
    <Field name={['scan', 'reportId']} label={t('scan.report')} extra={t('scan.reportHint')}>
      <Select
        allowClear
        placeholder={t('scan.noReport')}
        onChange={choose}
        options={rows.map(({ id, title, at }) => ({ value: id, label: `${dateIn(new Date(at), timeZone)} ${title}` }))}
      />
    </Field>
  )
}

function Sizes({ organ }: { organ: Organ | undefined }) {
  const t = useT('nodule')
  const axes = ['long', 'short', 'depth', ...(organ === 'lung' ? ['solid'] : [])] as const
  return (
    <>
      <Columns minPx={110}>
        {axes.map((axis) => (
          <Field key={axis} name={['scan', `${axis}Mm`]} label={t(`scan.${axis}`)} required={axis === 'long'}>
            <InputNumber
              min={axis === 'solid' ? 0 : 0.1}
              max={300}
              step={0.1}
              inputMode="decimal"
              style={{ width: '100%' }}
            />
          </Field>
        ))}
      </Columns>
      <p className="pb-hint" style={{ marginTop: -8 }}>
        {t('scan.sizeHint')}
      </p>
      <SizeCheck />
    </>
  )
}

/** Asked only where the size may be one in centimetres. */
function SizeCheck() {
  const t = useT('nodule')
  const longMm = Form.useWatch(['scan', 'longMm']) as number | null | undefined
  if (!longMm || (longMm >= SIZE_ASKED.belowMm && longMm <= SIZE_ASKED.aboveMm)) return null
  return (
    <Field name={['scan', 'sizeChecked']} label={t('scan.sizeDoubtful', { mm: longMm })} valuePropName="checked">
      <Checkbox>{t('scan.sizeChecked')}</Checkbox>
    </Field>
  )
}

function Features({ setting }: { setting: OrganSetting | undefined }) {
  const t = useT('nodule')
  const words = useBilingual()
  const maySet = useCan('nodule.grade')
  if (!setting) return null
  if (!setting.current)
    return (
      <Alert
        type="warning"
        showIcon
        style={{ marginBottom: 16 }}
        title={t('scan.noGuideline', { organ: t(`organNodule.${setting.organ}`) })}
        action={maySet && <Go to="/nodule-settings">{t('scan.goSet')}</Go>}
      />
    )
  if (setting.asked.length === 0) return null
  return (
    <>
      <h3>{t('scan.features')}</h3>
      <p className="pb-hint">{t('scan.featuresHint', { guideline: words(setting.current.title) })}</p>
      <FeatureFields asked={setting.asked} />
    </>
  )
}

function Reported({ setting }: { setting: OrganSetting | undefined }) {
  const t = useT('nodule')
  const words = useBilingual()
  const system = Form.useWatch(['scan', 'reported', 'system']) as string | undefined
  if (!setting) return null
  const systems = setting.categories.filter(
    (one) => one.system !== 'lung-consensus' && one.system !== 'fleischner-2017',
  )
  const codes = systems.find((one) => one.system === system)?.codes
  return (
    <Columns minPx={200}>
      <Field name={['scan', 'reported', 'system']} label={t('scan.reportedSystem')}>
        <Select
          allowClear
          options={[
            ...systems.map((one) => ({ value: one.system as string, label: words(one.title) })),
            { value: UNNAMED, label: t('scan.unnamed') },
          ]}
        />
      </Field>
      <Field name={['scan', 'reported', 'category']} label={t('scan.reportedCategory')}>
        {codes ? (
          <Select allowClear options={codes.map(({ code, label }) => ({ value: code, label: words(label) }))} />
        ) : (
          <Input maxLength={40} />
        )}
      </Field>
    </Columns>
  )
}

function OwnInterval() {
  const t = useT('nodule')
  return (
    <>
      <h3>{t('scan.ownInterval')}</h3>
      <p className="pb-hint">{t('scan.ownIntervalHint')}</p>
      <Columns minPx={160}>
        <Field name={['scan', 'radiologist', 'months']} label={t('scan.months')}>
          <InputNumber min={0} max={60} precision={0} style={{ width: '100%' }} />
        </Field>
        <Field name={['scan', 'radiologist', 'on']} label={t('scan.on')}>
          <DateInput />
        </Field>
      </Columns>
      <Field name={['scan', 'radiologist', 'words']} label={t('scan.intervalWords')}>
        <Input maxLength={300} />
      </Field>
    </>
  )
}
