import type { FactForms } from '../../../platform/condition/form.ts'
import './table.ts'

/** How pages ask what conditions may ask of the person, and tell of it. */
export const patientFactForms: FactForms = {
  kinds: {
    age: { group: 'person' },
    ageInMonths: { group: 'person' },
    sex: { group: 'person', fields: { '': { words: 'says.sex' } } },
    deceased: { group: 'person' },
    level: { group: 'person', fields: { in: { words: 'words.level' } } },
    source: { group: 'person', fields: { in: { words: 'words.source' } } },
    carer: { group: 'care', fields: { role: { words: 'says.role' }, staff: { from: 'staff' } } },
    birthday: { group: 'dates' },
  },
  choices: {
    staff: async ({ db, organizationId }) => {
      const rows = await db
        .selectFrom('staff')
        .select(['id', 'name'])
        .where('organization_id', '=', organizationId)
        .where('state', '=', 'active')
        .orderBy('name')
        .execute()
      return rows.map(({ id, name }) => ({ code: id, name: { zh: name, en: name } }))
    },
  },
  tells: {
    age: {
      tell: (fact, { t }) => ({
        what: t('told.age'),
        value:
          'years' in fact
            ? t('told.years', { count: Number(fact['years']) })
            : t('told.months', { count: Number(fact['months']) }),
      }),
    },
    sex: { tell: ({ sex }, { t }) => ({ what: t('ask.sex.name'), value: t(`says.sex.${String(sex)}`) }) },
    level: { tell: ({ level }, { t }) => ({ what: t('ask.level.name'), value: t(`words.level.${String(level)}`) }) },
    source: {
      tell: ({ source }, { t }) => ({ what: t('ask.source.name'), value: t(`words.source.${String(source)}`) }),
    },
    carer: {
      names: 'carer',
      tell: ({ role, id }, { t, name }) => ({
        what: t(`says.role.${String(role)}`),
        value: typeof id === 'string' ? name(id) : undefined,
      }),
    },
    birthday: {
      tell: ({ birthDate, returnsOn }, { t }) => ({
        what: t('ask.birthday.name'),
        value: t('told.returns', { on: String(returnsOn), from: String(birthDate) }),
      }),
    },
    registration: {
      tell: ({ returnsOn }, { t }) => ({
        what: t('told.registration'),
        value: t('told.returnsOn', { on: String(returnsOn) }),
      }),
    },
  },
}
