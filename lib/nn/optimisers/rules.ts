import type { UpdateRule } from '../../engine/index.ts'
import { requireRule } from './require-rule.ts'

// Each refuses numbers that no training could use with a `UsageError`.

/** Stochastic gradient descent. */
export const sgd = ({ rate = 0.01 } = {}): UpdateRule => requireRule({ kind: 'sgd', rate })

/** Gradient descent with a speed: v = momentum v + g; p = p - rate v. */
export const momentum = ({ rate = 0.01, momentum = 0.9 } = {}): UpdateRule => requireRule({ kind: 'momentum', rate, momentum })

/** Momentum whose slope is taken where the speed leads (Nesterov 1983; in the form of Sutskever et al. 2013). */
export const nesterov = ({ rate = 0.01, momentum = 0.9 } = {}): UpdateRule => requireRule({ kind: 'nesterov', rate, momentum })

/** A rate for each parameter by the recent size of its slope (Tieleman and Hinton 2012), with Keras's defaults. */
export const rmsProp = ({ rate = 1e-3, rho = 0.9, epsilon = 1e-7 } = {}): UpdateRule =>
  requireRule({ kind: 'rmsprop', rate, rho, epsilon })

/** Adam (Kingma and Ba 2015), with Keras's defaults. */
export const adam = ({ rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = {}): UpdateRule =>
  requireRule({ kind: 'adam', rate, beta1, beta2, epsilon, decay: 0 })

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
export const adamW = ({ rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, decay = 0.004 } = {}): UpdateRule =>
  requireRule({ kind: 'adam', rate, beta1, beta2, epsilon, decay })

/** Adam with Nesterov's look ahead (Dozat 2016, algorithm 2, beta1 the same at each step). */
export const nadam = ({ rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = {}): UpdateRule =>
  requireRule({ kind: 'nadam', rate, beta1, beta2, epsilon })
