import { Button, Form, Input, InputNumber, Select } from 'antd'
import { useMemo } from 'react'
import { indicatorByCode } from '../../../clinical/index.ts'
import { DraftForm, Field, useAction, useApi, useLocale, useSay, useT } from '../../../platform/web/index.ts'
import { listDirectory } from '../../staff/contract/staff.ts'
import { indicatorOptions } from '../../tag/staff/indicator-words.ts'
import { draftAlertRule, listAlertRules, OCCURRENCES, type RuleDefinition, type RuleView } from '../contract/rule.ts'
import { CLASSES } from '../contract/words.ts'
import { mayConfirm } from './colleagues.ts'
import { codeOf } from './rule-code.ts'

interface Written {
  definition: RuleDefinition
  ownerId?: string | null
}

const NEW: Partial<Written> = {
  definition: {
    class: 'A',
    name: { zh: '', en: '' },
    tests: [{ code: '', op: '>=', value: null }],
    occurs: 'every',
    sex: null,
    ageFromYears: null,
    ageToYears: null,
    source: '',
    seen: '',
  },
}

/** The next version of a rule; it counts once its owner has confirmed it. */
export function RuleForm({ rule, onClose }: { rule: RuleView | undefined; onClose: () => void }) {
  const t = useT('alert')
  const say = useSay()
  const directory = useApi(listDirectory, { query: { limit: 500 } as never })
  const owners = (directory.data?.staff ?? [])
    .filter(({ roles }) => mayConfirm(roles))
    .map(({ id, name }) => ({ value: id as string, label: name }))
  const save = useAction(draftAlertRule, {
    invalidates: [listAlertRules],
    onDone: () => {
      say.done(t('rule.saved'))
      onClose()
    },
  })
  const submit = ({ definition, ownerId = null }: Written) => {
    const whole = { ...NEW.definition, ...rule?.definition, ...definition }
    const code = rule?.code ?? codeOf(whole)
    return save.mutateAsync({ params: { code }, body: { definition: whole as never, ownerId: ownerId as never } })
  }
  return (
    <DraftForm<Written>
      name={`alert-rule-${rule?.code ?? 'new'}`}
      initial={rule ? { definition: rule.definition, ownerId: rule.owner?.id ?? null } : NEW}
      submit={t('rule.save')}
      onCancel={onClose}
      onSubmit={submit}
    >
      <Field name={['definition', 'name', 'zh']} label={t('rule.name')} required>
        <Input maxLength={60} />
      </Field>
      <Field name={['definition', 'name', 'en']} label={t('rule.nameEn')} required>
        <Input maxLength={60} />
      </Field>
      <Field name={['definition', 'class']} label={t('rule.class')} required>
        <Select options={CLASSES.map((value) => ({ value, label: t(`classLong.${value}`) }))} />
      </Field>
      <Tests />
      <Field name={['definition', 'occurs']} label={t('rule.occurs')} required>
        <Select options={OCCURRENCES.map((value) => ({ value, label: t(`occurs.${value}`) }))} />
      </Field>
      <Field name={['definition', 'sex']} label={t('rule.sex')}>
        <Select
          allowClear
          placeholder={t('rule.anySex')}
          options={(['male', 'female'] as const).map((value) => ({ value, label: t(`sex.${value}`) }))}
        />
      </Field>
      <Field name={['definition', 'ageFromYears']} label={t('rule.ageFrom')}>
        <InputNumber min={0} max={130} />
      </Field>
      <Field name={['definition', 'ageToYears']} label={t('rule.ageTo')}>
        <InputNumber min={0} max={130} />
      </Field>
      <Field name={['definition', 'source']} label={t('rule.source')} required>
        <Input maxLength={300} />
      </Field>
      <Field name="ownerId" label={t('rule.owner')} required>
        <Select options={owners} showSearch={{ optionFilterProp: 'label' }} />
      </Field>
    </DraftForm>
  )
}

/** Up to four limits, each in its indicator's own unit; any of them is enough. */
function Tests() {
  const t = useT('alert')
  const locale = useLocale()
  const options = useMemo(
    () => indicatorOptions(locale).filter(({ value }) => indicatorByCode(value)?.kind === 'number'),
    [locale],
  )
  return (
    <Form.List name={['definition', 'tests']}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key} className="pb-stack pb-stack-tight">
              <Field name={[name, 'code']} label={t('rule.indicator')} required>
                <Select options={options} showSearch={{ optionFilterProp: 'search' }} />
              </Field>
              <div className="pb-row">
                <Field name={[name, 'op']} label={t('rule.op')} required>
                  <Select
                    style={{ width: 90 }}
                    options={[
                      { value: '>=', label: '≥' },
                      { value: '<=', label: '≤' },
                    ]}
                  />
                </Field>
                <Field name={[name, 'value']} label={t('rule.value')}>
                  <InputNumber />
                </Field>
                {fields.length > 1 && <Button onClick={() => remove(name)}>{t('rule.less')}</Button>}
              </div>
            </div>
          ))}
          {fields.length < 4 && (
            <p>
              <Button size="small" onClick={() => add({ op: '>=', value: null })}>
                {t('rule.more')}
              </Button>
            </p>
          )}
        </>
      )}
    </Form.List>
  )
}
