import type { Questionnaire } from '../fhir.ts'
import auditC from './audit-c.json' with { type: 'json' }
import chinaDiabetesRiskScore from './china-diabetes-risk-score.json' with { type: 'json' }
import constitution33 from './constitution-33.json' with { type: 'json' }
import findrisc from './findrisc.json' with { type: 'json' }
import gad7 from './gad-7.json' with { type: 'json' }
import intakeDiabetes from './intake-diabetes.json' with { type: 'json' }
import intakeGeneral from './intake-general.json' with { type: 'json' }
import intakeHypertension from './intake-hypertension.json' with { type: 'json' }
import intakeMind from './intake-mind.json' with { type: 'json' }
import ipaqSf from './ipaq-sf.json' with { type: 'json' }
import mmrc from './mmrc.json' with { type: 'json' }
import phq9 from './phq-9.json' with { type: 'json' }
import postSurgeryRecovery from './post-surgery-recovery.json' with { type: 'json' }
import visitSatisfaction from './visit-satisfaction.json' with { type: 'json' }

/** Questionnaires whose text may be shipped, with full wording in Chinese and English, scoring, source and licence. */
export const shippedQuestionnaires: readonly Questionnaire[] = [
  phq9,
  gad7,
  ipaqSf,
  constitution33,
  auditC,
  mmrc,
  findrisc,
  chinaDiabetesRiskScore,
  intakeGeneral,
  intakeHypertension,
  intakeDiabetes,
  intakeMind,
  postSurgeryRecovery,
  visitSatisfaction,
] as unknown as Questionnaire[]
