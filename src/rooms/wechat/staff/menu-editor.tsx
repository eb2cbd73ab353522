import { ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Form, Input, Select } from 'antd'
import { Field, ProblemAlert, Row, useAction, useSay, useT } from '../../../platform/web/index.ts'
import type { WeChatAccountView } from '../contract/account.ts'
import { MENU_TARGETS, readMenu, saveMenu, type MenuDraft, type MenuView } from '../contract/menu.ts'

interface Values {
  draft: MenuDraft
}

const EMPTY = { name: '', target: 'view', url: '', appId: '', page: '', below: [] }
const MOST = 3
const MOST_BELOW = 5

/** The draft of a menu; what WeChat would refuse is said beside it once it is kept. */
export function MenuEditor(props: { account: WeChatAccountView; menu: MenuView; onDone: () => void }) {
  const { account, menu, onDone } = props
  const t = useT('wechat')
  const say = useSay()
  const [form] = Form.useForm<Values>()
  const put = useAction(saveMenu, { invalidates: [readMenu], onDone: () => say.done(t('menu.saved')) })
  const own = { ...EMPTY, name: t('menu.own'), url: menu.ownPages }
  const save = ({ draft = [] }: Values) =>
    put.mutate(
      {
        params: { accountId: account.id },
        body: { draft: draft.map(whole) as MenuDraft, version: menu.version },
      },
      // Once the new version is here: published by the former one it would be refused.
      { onSuccess: onDone },
    )
  return (
    <Form<Values> form={form} layout="vertical" initialValues={{ draft: menu.draft }} onFinish={save}>
      <ProblemAlert problem={put.error} />
      <Form.List name="draft">
        {(lines, { add, remove, move }) => (
          <>
            {lines.map(({ key, name }, index) => (
              <fieldset key={key} className="pb-wechat-button">
                <legend>{t('menu.number', { number: index + 1 })}</legend>
                <ButtonFields at={[name]} path={['draft', name]} hint={t('menu.nameHint')} />
                <Form.List name={[name, 'below']}>
                  {(belows, under) => (
                    <>
                      {belows.map((below, place) => (
                        <fieldset key={below.key} className="pb-wechat-button">
                          <legend>{t('menu.numberBelow', { number: index + 1, below: place + 1 })}</legend>
                          <ButtonFields
                            at={[below.name]}
                            path={['draft', name, 'below', below.name]}
                            hint={t('menu.nameBelowHint')}
                          />
                          <Moves
                            first={place === 0}
                            label={t('menu.numberBelow', { number: index + 1, below: place + 1 })}
                            onUp={() => under.move(place, place - 1)}
                            onRemove={() => under.remove(below.name)}
                          />
                        </fieldset>
                      ))}
                      {belows.length < MOST_BELOW && (
                        <Button icon={<PlusOutlined />} onClick={() => under.add({ ...EMPTY })}>
                          {t('menu.addBelow')}
                          <span className="pb-sr"> {t('menu.number', { number: index + 1 })}</span>
                        </Button>
                      )}
                    </>
                  )}
                </Form.List>
                <Moves
                  first={index === 0}
                  label={t('menu.number', { number: index + 1 })}
                  onUp={() => move(index, index - 1)}
                  onRemove={() => remove(name)}
                />
              </fieldset>
            ))}
            {lines.length < MOST && (
              <Row>
                <Button icon={<PlusOutlined />} onClick={() => add({ ...EMPTY })}>
                  {t('menu.add')}
                </Button>
                <Button icon={<PlusOutlined />} onClick={() => add(own)}>
                  {t('menu.addOwn')}
                </Button>
              </Row>
            )}
          </>
        )}
      </Form.List>
      <Button type="primary" htmlType="submit" loading={put.isPending} className="pb-wechat-save">
        {t('menu.save')}
      </Button>
    </Form>
  )
}

type Path = (string | number)[]

function ButtonFields({ at, path, hint }: { at: Path; path: Path; hint: string }) {
  const t = useT('wechat')
  const target = Form.useWatch([...path, 'target']) as string | undefined
  const below = (Form.useWatch([...path, 'below']) as unknown[] | undefined) ?? []
  return (
    <>
      <Field name={[...at, 'name']} label={t('menu.name')} extra={hint}>
        <Input maxLength={60} autoComplete="off" />
      </Field>
      {below.length > 0 ? (
        <p className="pb-hint">{t('menu.opens', { count: below.length })}</p>
      ) : (
        <>
          <Field name={[...at, 'target']} label={t('menu.target')}>
            <Select options={MENU_TARGETS.map((value) => ({ value, label: t(`menu.target_${value}`) }))} />
          </Field>
          {target === 'mini' && (
            <>
              <Field name={[...at, 'appId']} label={t('menu.appId')}>
                <Input maxLength={40} autoComplete="off" />
              </Field>
              <Field name={[...at, 'page']} label={t('menu.page')}>
                <Input maxLength={200} autoComplete="off" />
              </Field>
            </>
          )}
          <Field name={[...at, 'url']} label={t(target === 'mini' ? 'menu.urlOld' : 'menu.url')}>
            <Input maxLength={1500} inputMode="url" autoComplete="off" />
          </Field>
        </>
      )}
    </>
  )
}

function Moves(props: { first: boolean; label: string; onUp: () => void; onRemove: () => void }) {
  const { first, label, onUp, onRemove } = props
  const t = useT('wechat')
  return (
    <Row>
      {!first && (
        <Button icon={<ArrowUpOutlined />} onClick={onUp} aria-label={`${t('menu.up')} ${label}`}>
          {t('menu.up')}
        </Button>
      )}
      <Button icon={<DeleteOutlined />} onClick={onRemove} aria-label={`${t('menu.remove')} ${label}`}>
        {t('menu.remove')}
      </Button>
    </Row>
  )
}

/** What a form leaves out is empty. */
function whole(one: Partial<MenuDraft[number]>): object {
  const { name = '', target = 'view', url = '', appId = '', page = '', below = [] } = one
  const own = { name, target, url, appId, page }
  return {
    ...own,
    below: below.map(({ name = '', target = 'view', url = '', appId = '', page = '' }) => ({
      name,
      target,
      url,
      appId,
      page,
    })),
  }
}
