import QRCode from 'qrcode'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Problem } from '../../../platform/contract/index.ts'
import { staffProblem } from '../contract/problems.ts'
import type { SignInStep } from '../contract/sign-in.ts'
import { refusedAfterCounting, standingOf, stillLocked, type Standing } from './account.ts'
import { clearAttempts, dropSecret, findAccount, spendStep, storeSecret, takeAttempt } from './account-store.ts'
import { owedStep } from './rules.ts'
import { markSecondFactor, revokeSessions } from './session-store.ts'
import { newSecret, otpauthUri, stepOfCode } from './totp.ts'

type Arrived = { owes: SignInStep | null } | Problem

/** The second step of signing in. */
export async function showSecondFactor(ctx: WriteContext, code: string): Promise<Arrived> {
  const standing = await standingOf(ctx)
  if (!standing.session.totpConfirmedAt) throw staffProblem('SecondFactorNotBegun')
  const refusal = await tryCode(ctx, standing, code)
  if (refusal) return refusal
  return arrive(ctx, standing, { secondFactorAt: ctx.clock.now() })
}

/** A new secret. It is kept sealed and counts for nothing until a first code has confirmed it. */
export async function beginSecondFactor(ctx: WriteContext) {
  const { session } = await standingOf(ctx)
  const secret = newSecret()
  const sealed = ctx.sealer.seal(ctx.organizationId, secret)
  if (!(await storeSecret(ctx.tx, ctx.organizationId, session.staffId, sealed))) throw staffProblem('SecondFactorSet')
  const uri = otpauthUri(secret, ctx.tenant.name, session.login)
  return { secret, uri, qrCode: await QRCode.toDataURL(uri, { errorCorrectionLevel: 'L', margin: 2, width: 240 }) }
}

/** The first code puts the secret in force; other sessions of the person have to show one from now on. */
export async function completeSecondFactor(ctx: WriteContext, code: string): Promise<Arrived> {
  const standing = await standingOf(ctx)
  if (standing.session.totpConfirmedAt) throw staffProblem('SecondFactorSet')
  const now = ctx.clock.now()
  const refusal = await tryCode(ctx, standing, code, now)
  if (refusal) return refusal
  return arrive(ctx, standing, { secondFactorAt: now, totpConfirmedAt: now })
}

/** Takes one's authenticator away. Whoever has to have one is asked for a new one at once. */
export async function removeSecondFactor(ctx: WriteContext, code: string): Promise<Arrived> {
  const standing = await standingOf(ctx)
  if (!standing.session.totpConfirmedAt) throw staffProblem('SecondFactorNotBegun')
  const refusal = await tryCode(ctx, standing, code)
  if (refusal) return refusal
  await dropSecret(ctx.tx, ctx.organizationId, standing.session.staffId)
  await revokeSessions(ctx.tx, ctx.organizationId, standing.session.staffId, 'second-factor-reset', ctx.clock.now(), {
    except: standing.session.id,
  })
  return arrive(ctx, standing, { secondFactorAt: null, totpConfirmedAt: null })
}

/** Counts the guess, then looks at it. @returns the refusal, whose counting must stay; undefined when the code is right */
async function tryCode(ctx: WriteContext, { session, policy }: Standing, code: string, confirm?: Date): Promise<Problem | undefined> {
  const now = ctx.clock.now()
  if (!(await takeAttempt(ctx.tx, ctx.organizationId, { staffId: session.staffId }, policy, now)))
    return stillLocked(ctx, session.staffId)
  const { totpSealed } = await findAccount(ctx.db, ctx.organizationId, session.staffId)
  if (!totpSealed) throw staffProblem('SecondFactorNotBegun')
  const step = stepOfCode(ctx.sealer.open(ctx.organizationId, totpSealed), code, now)
  const isRight = step !== undefined && (await spendStep(ctx.tx, ctx.organizationId, session.staffId, step, confirm))
  if (!isRight) return refusedAfterCounting(ctx, session.staffId, staffProblem('CodeRefused', {}, 'body.code'))
  await clearAttempts(ctx.tx, ctx.organizationId, session.staffId)
  return undefined
}

async function arrive(
  ctx: WriteContext,
  { session, policy }: Standing,
  change: { secondFactorAt: Date | null; totpConfirmedAt?: Date | null },
): Promise<{ owes: SignInStep | null }> {
  await markSecondFactor(ctx.tx, ctx.organizationId, session.id, change.secondFactorAt)
  return { owes: owedStep({ ...session, ...change }, policy, ctx.clock.now()) }
}
