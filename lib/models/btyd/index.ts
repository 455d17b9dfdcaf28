import { bgNbdBuysAgain, bgNbdExpectedPurchases, fitBgNbd, type BgNbd } from './bg-nbd.ts'
import { fitGgomNbd, ggomNbdBuysAgain, ggomNbdExpectedPurchases, type GgomNbd } from './ggom-nbd.ts'
import { fitMbgNbd, mbgNbdBuysAgain, mbgNbdExpectedPurchases, type MbgNbd } from './mbg-nbd.ts'
import { fitParetoNbd, paretoNbdBuysAgain, paretoNbdExpectedPurchases, type ParetoNbd } from './pareto-nbd.ts'
import { purchaseModel, type PurchaseProcess } from './purchase-model.ts'

export { bgNbdAlive, bgNbdBuysAgain, bgNbdExpected, bgNbdExpectedPurchases, bgNbdLogLikelihood, fitBgNbd } from './bg-nbd.ts'
export { bgNbdDraws } from './bg-nbd-draws.ts'
export type { BgNbd } from './bg-nbd.ts'
export type { Fit, Parameters } from './fit.ts'
export { fitGammaGamma, gammaGammaExpectedSpend, gammaGammaLogLikelihood } from './gamma-gamma.ts'
export type { GammaGamma } from './gamma-gamma.ts'
export {
  fitGgomNbd,
  ggomNbdAlive,
  ggomNbdBuysAgain,
  ggomNbdExpected,
  ggomNbdExpectedPurchases,
  ggomNbdLogLikelihood,
} from './ggom-nbd.ts'
export type { GgomNbd } from './ggom-nbd.ts'
export { group, groupHistories } from './groups.ts'
export type { Groups } from './groups.ts'
export {
  fitMbgNbd,
  mbgNbdAlive,
  mbgNbdBuysAgain,
  mbgNbdExpected,
  mbgNbdExpectedPurchases,
  mbgNbdLogLikelihood,
} from './mbg-nbd.ts'
export type { MbgNbd } from './mbg-nbd.ts'
export {
  fitParetoNbd,
  paretoNbdAlive,
  paretoNbdBuysAgain,
  paretoNbdExpected,
  paretoNbdExpectedPurchases,
  paretoNbdLogLikelihood,
} from './pareto-nbd.ts'
export type { ParetoNbd } from './pareto-nbd.ts'

const bgNbdProcess: PurchaseProcess<BgNbd> = {
  names: ['r', 'alpha', 'a', 'b'],
  fit: fitBgNbd,
  expectedPurchases: bgNbdExpectedPurchases,
  buysAgain: bgNbdBuysAgain,
}

const mbgNbdProcess: PurchaseProcess<MbgNbd> = {
  names: ['r', 'alpha', 'a', 'b'],
  fit: fitMbgNbd,
  expectedPurchases: mbgNbdExpectedPurchases,
  buysAgain: mbgNbdBuysAgain,
}

const paretoNbdProcess: PurchaseProcess<ParetoNbd> = {
  names: ['r', 'alpha', 's', 'beta'],
  fit: fitParetoNbd,
  expectedPurchases: paretoNbdExpectedPurchases,
  buysAgain: paretoNbdBuysAgain,
}

const ggomNbdProcess: PurchaseProcess<GgomNbd> = {
  names: ['r', 'alpha', 'b', 's', 'beta'],
  fit: fitGgomNbd,
  expectedPurchases: ggomNbdExpectedPurchases,
  buysAgain: ggomNbdBuysAgain,
}

/** BG/NBD with Gamma-Gamma over repeat purchase days, as in the literature. */
export const bgNbd = purchaseModel({ name: 'bg-nbd', title: 'BG/NBD + Gamma-Gamma', process: bgNbdProcess, spend: 'repeats' })
/** BG/NBD with Gamma-Gamma over all purchase days, the first included. */
export const bgNbdFirst = purchaseModel({
  name: 'bg-nbd-gg1',
  title: 'BG/NBD + Gamma-Gamma, first purchase too',
  process: bgNbdProcess,
  spend: 'all',
})
/** Pareto/NBD, likewise. */
export const paretoNbdFirst = purchaseModel({
  name: 'pareto-nbd-gg1',
  title: 'Pareto/NBD + Gamma-Gamma, first purchase too',
  process: paretoNbdProcess,
  spend: 'all',
})
/** MBG/NBD, likewise. */
export const mbgNbdFirst = purchaseModel({
  name: 'mbg-nbd-gg1',
  title: 'MBG/NBD + Gamma-Gamma, first purchase too',
  process: mbgNbdProcess,
  spend: 'all',
})
/** GGom/NBD, likewise; its fit takes seconds where Pareto/NBD's takes tenths, and mostly finds that model, so it waits to be asked for. */
export const ggomNbdFirst = purchaseModel({
  name: 'ggom-nbd-gg1',
  title: 'GGom/NBD + Gamma-Gamma, first purchase too',
  process: ggomNbdProcess,
  spend: 'all',
})

/** The models of every comparison. */
export const btydModels = [bgNbd, bgNbdFirst, paretoNbdFirst, mbgNbdFirst] as const
