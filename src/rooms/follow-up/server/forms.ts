import breastNoduleCall from '../content/forms/breast-nodule-call.json' with { type: 'json' }
import checkUpLoop from '../content/forms/check-up-loop.json' with { type: 'json' }
import companionCall from '../content/forms/companion-call.json' with { type: 'json' }
import companionReview from '../content/forms/companion-review.json' with { type: 'json' }
import copdVisit from '../content/forms/copd-visit.json' with { type: 'json' }
import diabetesVisit from '../content/forms/diabetes-visit.json' with { type: 'json' }
import dischargeCall from '../content/forms/discharge-call.json' with { type: 'json' }
import elderlyVisit from '../content/forms/elderly-visit.json' with { type: 'json' }
import growthVisit from '../content/forms/growth-visit.json' with { type: 'json' }
import hypertensionVisit from '../content/forms/hypertension-visit.json' with { type: 'json' }
import kidneyVisit from '../content/forms/kidney-visit.json' with { type: 'json' }
import lungNoduleCall from '../content/forms/lung-nodule-call.json' with { type: 'json' }
import mentalVisit from '../content/forms/mental-visit.json' with { type: 'json' }
import newMemberCall from '../content/forms/new-member-call.json' with { type: 'json' }
import oncologyVisit from '../content/forms/oncology-visit.json' with { type: 'json' }
import postSurgerySurvey from '../content/forms/post-surgery-survey.json' with { type: 'json' }
import postpartumVisit from '../content/forms/postpartum-visit.json' with { type: 'json' }
import pregnancyVisit from '../content/forms/pregnancy-visit.json' with { type: 'json' }
import rehabilitationVisit from '../content/forms/rehabilitation-visit.json' with { type: 'json' }
import thyroidNoduleCall from '../content/forms/thyroid-nodule-call.json' with { type: 'json' }
import { formDefinition, type FormDefinition } from '../contract/form.ts'

/** All versions of the forms, newest last. A version that was answered is never edited: a change is a further file. */
const forms: FormDefinition[] = [
  hypertensionVisit,
  diabetesVisit,
  postSurgerySurvey,
  oncologyVisit,
  kidneyVisit,
  rehabilitationVisit,
  companionCall,
  breastNoduleCall,
  checkUpLoop,
  companionReview,
  copdVisit,
  dischargeCall,
  elderlyVisit,
  growthVisit,
  lungNoduleCall,
  mentalVisit,
  newMemberCall,
  postpartumVisit,
  pregnancyVisit,
  thyroidNoduleCall,
].map((content) => formDefinition.parse(content))

/** Each form in its newest version. */
export function newestForms(): FormDefinition[] {
  return [...new Map(forms.map((form) => [form.code, form])).values()]
}

/** A form in a version, or in its newest. */
export function findForm(code: string, version?: number): FormDefinition | undefined {
  return forms
    .filter((form) => form.code === code)
    .findLast((form) => version === undefined || form.version === version)
}
