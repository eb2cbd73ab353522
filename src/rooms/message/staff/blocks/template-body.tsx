import { AppstoreOutlined, FileTextOutlined } from '@ant-design/icons'
import { Button, Checkbox, Form, Input } from 'antd'
import type { Bilingual } from '../../../../platform/contract/index.ts'
import { Field, useConfirmReach, useT } from '../../../../platform/web/index.ts'
import type { Block } from '../../contract/block.ts'
import type { TemplateDefinition, TemplateFinding } from '../../contract/template.ts'
import { BlockEditor } from './block-editor.tsx'
import { blocksOf } from './from-text.ts'
import type { Value } from './insert-value.tsx'
import { newBlock } from './new-block.ts'

export interface TemplateBodyProps {
  language: 'zh' | 'en'
  builtIn: readonly { name: string; label: Bilingual }[]
  findings: readonly TemplateFinding[]
  opened: string | undefined
  onOpen: (id: string | undefined) => void
}

type Variable = Partial<TemplateDefinition['variables'][number]>

/** The body: by blocks, or as text as it used to be. Either can become the other. */
export function TemplateBody({ language, builtIn, ...editing }: TemplateBodyProps) {
  const t = useT('message')
  const form = Form.useFormInstance()
  const confirm = useConfirmReach()
  const blocks = (Form.useWatch('blocks', { form, preserve: true }) ?? []) as Block[]
  const own = (Form.useWatch('variables', { form, preserve: true }) ?? []) as Variable[]
  const named = own.flatMap(({ name, label }): Value[] => (name ? [{ name, label: label?.[language] || name }] : []))
  const values = [...builtIn.map(({ name, label }) => ({ name, label: label[language] })), ...named]
  const ownLinks = own.flatMap(({ name, label, dataClass }): Value[] =>
    name && dataClass === 'link' && name !== 'link' ? [{ name, label: label?.[language] || name }] : [],
  )
  const links = [{ name: 'link', label: t('blocks.ownPages') }, ...ownLinks]
  const turn = () => {
    const { zh, en } = form.getFieldsValue(true) as TemplateDefinition
    const made = blocksOf(zh, en)
    form.setFieldValue('blocks', made.length > 0 ? made : [newBlock('text')])
  }
  const turnBack = async () => {
    const reach = [t('blocks.backReach')]
    if (await confirm({ title: t('blocks.backTitle'), reach, verb: t('blocks.back') })) form.setFieldValue('blocks', [])
  }
  return (
    <>
      <Form.Item name="knowledge" valuePropName="checked" extra={t('template.knowledgeHint')}>
        <Checkbox>{t('template.knowledgeLong')}</Checkbox>
      </Form.Item>
      {blocks.length > 0 ? (
        <>
          <Form.Item name="blocks" noStyle>
            <BlockEditor language={language} values={values} links={links} {...editing} />
          </Form.Item>
          <Button type="link" icon={<FileTextOutlined />} onClick={() => void turnBack()}>
            {t('blocks.back')}
          </Button>
        </>
      ) : (
        <>
          <p>
            <Button icon={<AppstoreOutlined />} onClick={turn}>
              {t('blocks.turn')}
            </Button>{' '}
            <span className="pb-hint">{t('blocks.turnHint')}</span>
          </p>
          {(['zh', 'en'] as const).map((each) => (
            <div key={each} hidden={each !== language}>
              <PlainWords language={each} />
            </div>
          ))}
        </>
      )}
    </>
  )
}

function PlainWords({ language }: { language: 'zh' | 'en' }) {
  const t = useT('message')
  return (
    <>
      <Field name={[language, 'text']} label={t('part.text')} required>
        <Input.TextArea autoSize={{ minRows: 8, maxRows: 24 }} maxLength={4000} />
      </Field>
      <Field name={[language, 'button']} label={t('part.button')} extra={t('template.buttonHint')}>
        <Input maxLength={24} />
      </Field>
      <Field name={[language, 'html']} label={t('part.html')} extra={t('template.htmlHint')}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 16 }} maxLength={20_000} style={{ fontFamily: 'monospace' }} />
      </Field>
    </>
  )
}
