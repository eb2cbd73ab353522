import { Input, InputNumber, Select } from 'antd'
import { DateInput, DraftForm, Field, SideDrawer, useAction, useSay, useT } from '../../../platform/web/index.ts'
import { addBoneAge, BONE_AGE_METHODS } from '../contract/growth.ts'
import { CHANGED } from './changed.ts'

interface Values {
  filmOn: string
  boneYears: number
  method: (typeof BONE_AGE_METHODS)[number]
  reader: string
  note?: string
}

/** 登记骨龄: as somebody has read it, never worked out here. */
export function BoneAgeDrawer({ patientId, open, onClose }: { patientId: string; open: boolean; onClose: () => void }) {
  const t = useT('growth')
  const say = useSay()
  const add = useAction(addBoneAge, {
    invalidates: CHANGED,
    onDone: () => {
      say.done(t('boneAge.said'))
      onClose()
    },
  })
  return (
    <SideDrawer title={t('act.boneAge')} open={open} onClose={onClose} widthPx={460}>
      <DraftForm<Values>
        name={`growth-bone-age-${patientId}`}
        schema={addBoneAge.body}
        submit={t('boneAge.save')}
        onSubmit={(values) => add.mutateAsync({ params: { patientId: patientId as never }, body: values })}
        onCancel={onClose}
      >
        <Field name="filmOn" label={t('boneAge.filmOn')} required>
          <DateInput />
        </Field>
        <Field name="boneYears" label={t('boneAge.years')} required>
          <InputNumber style={{ width: '100%' }} min={0} max={20} step={0.1} inputMode="decimal" />
        </Field>
        <Field name="method" label={t('boneAge.method')} required>
          <Select options={BONE_AGE_METHODS.map((value) => ({ value, label: t(`boneMethod.${value}`) }))} />
        </Field>
        <Field name="reader" label={t('boneAge.reader')} required>
          <Input maxLength={60} />
        </Field>
        <Field name="note" label={t('boneAge.note')}>
          <Input.TextArea maxLength={300} autoSize={{ minRows: 2, maxRows: 5 }} />
        </Field>
      </DraftForm>
    </SideDrawer>
  )
}
