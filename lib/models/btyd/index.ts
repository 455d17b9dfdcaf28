import { bgNbdBuysAgain, bgNbdExpectedPurchases, fitBgNbd, type BgNbd } from './bg-nbd.ts'
import { purchaseModel, type PurchaseProcess } from './purchase-model.ts'

export { bgNbdAlive, bgNbdBuysAgain, bgNbdExpected, bgNbdExpectedPurchases, bgNbdLogLikelihood, fitBgNbd } from './bg-nbd.ts'
export type { BgNbd } from './bg-nbd.ts'
export { fitGammaGamma, gammaGammaExpectedSpend, gammaGammaLogLikelihood } from './gamma-gamma.ts'
export type { GammaGamma } from './gamma-gamma.ts'
export { group, groupHistories } from './groups.ts'
export type { Groups } from './groups.ts'

const bgNbdProcess: PurchaseProcess<BgNbd> = {
  fit: fitBgNbd,
  expectedPurchases: bgNbdExpectedPurchases,
  buysAgain: bgNbdBuysAgain,
  diagnose: ({ a, b }) => (a / (a + b) < 1e-4 ? 'nobody is ever seen to leave: a and b lie on a flat ridge (a near 0), so that only the purchase rate is informative' : undefined),
}

/** BG/NBD with Gamma-Gamma over repeat purchase days, as in the literature. */
export const bgNbd = purchaseModel({ name: 'bg-nbd', title: 'BG/NBD + Gamma-Gamma', process: bgNbdProcess, spend: 'repeats' })
/** BG/NBD with Gamma-Gamma over all purchase days, the first included. */
export const bgNbdFirst = purchaseModel({ name: 'bg-nbd-gg1', title: 'BG/NBD + Gamma-Gamma, first purchase too', process: bgNbdProcess, spend: 'all' })

export const btydModels = [bgNbd, bgNbdFirst] as const
