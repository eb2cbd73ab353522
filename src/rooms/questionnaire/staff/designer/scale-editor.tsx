import { PlusOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { QuestionnaireItem } from '../../../../clinical/questionnaire/index.ts'
import { Row, Stack, useT } from '../../../../platform/web/index.ts'
import { MemberInput } from './bilingual-input.tsx'
import { useDesign } from './context.ts'
import { changeItem, freeLinkId, itemsOf, linkIdsOf } from './draft.ts'
import { newRow } from './kind.ts'
import { OptionEditor } from './option-editor.tsx'
import { optionsOf } from './option.ts'
import { Section } from './section.tsx'
import { insertItem } from './tree.ts'

/** A scale: rows below one another, and the options that all of them share. */
export function ScaleEditor({ item }: { item: QuestionnaireItem }) {
  const t = useT('questionnaire')
  const { base, definition, editItem, editDefinition, numbers } = useDesign()
  const rows = itemsOf(item).filter((row) => row.type === 'choice')
  const [first] = rows
  const add = () => {
    const linkId = freeLinkId(linkIdsOf(definition))
    editDefinition((before) => insertItem(before, newRow(item, linkId), { into: item.linkId }))
  }
  return (
    <>
      <Section title={t('design.scale.rows')} open>
        <Stack>
          {rows.map((row, at) => (
            <MemberInput
              key={row.linkId}
              label={t('design.scale.row', { n: numbers.get(row.linkId) ?? at + 1 })}
              owner={row}
              member="text"
              base={base}
              onChange={(change, language) => editItem(row.linkId, change, `text ${language}`)}
            />
          ))}
          <Row>
            <Button icon={<PlusOutlined />} onClick={add}>
              {t('design.scale.add')}
            </Button>
          </Row>
        </Stack>
      </Section>
      {first && (
        <Section title={t('design.scale.options')} open>
          <OptionEditor
            item={first}
            onChange={(change, key) =>
              editDefinition(
                (before) => {
                  const options = optionsOf(change(first))
                  return rows.reduce(
                    (made, { linkId }) => changeItem(made, linkId, (row) => ({ ...row, answerOption: [...options] })),
                    before,
                  )
                },
                key && `scale ${item.linkId} ${key}`,
              )
            }
          />
        </Section>
      )}
    </>
  )
}
