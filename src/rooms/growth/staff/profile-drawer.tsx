import { InputNumber, Select, Switch } from 'antd'
import { DraftForm, Field, SideDrawer, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { saveProfile, type GrowthCourse } from '../contract/growth.ts'
import { CHANGED } from './changed.ts'
import { useWords } from './words.ts'

interface Values {
  fatherCm?: number | null
  motherCm?: number | null
  parentsMeasured?: boolean
  gestationWeeks?: number | null
  reference: string
}

/** 父母身高与参照: what the curve is read with, and by which reference it is drawn. */
export function ProfileDrawer({
  patientId,
  course,
  open,
  onClose,
}: {
  patientId: string
  course: GrowthCourse
  open: boolean
  onClose: () => void
}) {
  const t = useT('growth')
  const say = useSay()
  const inWords = useWords()
  const { profile, references } = course
  const save = useAction(saveProfile, {
    invalidates: CHANGED,
    onDone: () => {
      say.done(t('profile.said'))
      onClose()
    },
  })
  const { version, ...initial } = profile
  const isKnown = references.some(({ code }) => code === profile.reference)
  const body = (values: Values) => ({
    fatherCm: values.fatherCm ?? null,
    motherCm: values.motherCm ?? null,
    parentsMeasured: values.parentsMeasured ?? false,
    gestationWeeks: values.gestationWeeks ?? null,
    reference: values.reference,
    version,
  })
  return (
    <SideDrawer title={t('act.profile')} open={open} onClose={onClose} widthPx={460}>
      <DraftForm<Values>
        key={version}
        name={`growth-profile-${patientId}-${version}`}
        initial={isKnown ? initial : { ...initial, reference: course.reference.code }}
        schema={saveProfile.body}
        submit={t('profile.save')}
        onSubmit={(values) => save.mutateAsync({ params: { patientId: patientId as never }, body: body(values) })}
        onCancel={onClose}
      >
        <Field name="fatherCm" label={t('profile.father')}>
          <InputNumber style={{ width: '100%' }} inputMode="decimal" suffix="cm" />
        </Field>
        <Field name="motherCm" label={t('profile.mother')}>
          <InputNumber style={{ width: '100%' }} inputMode="decimal" suffix="cm" />
        </Field>
        <Field
          name="parentsMeasured"
          label={t('profile.measured')}
          valuePropName="checked"
          extra={t('profile.measuredHint')}
        >
          <Switch />
        </Field>
        <Field name="gestationWeeks" label={t('profile.weeks')} extra={t('profile.weeksHint')}>
          <InputNumber style={{ width: '100%' }} min={22} max={44} precision={0} inputMode="numeric" />
        </Field>
        <Field name="reference" label={t('profile.reference')} required extra={t('profile.referenceHint')}>
          <Select
            options={references.map(({ code, version: of, title }) => ({
              value: code,
              label: `${inWords(title)} · ${code}@${of}`,
            }))}
          />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
