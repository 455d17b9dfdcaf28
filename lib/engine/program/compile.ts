import { EngineError } from '../../errors/index.ts'
import { gradients } from '../autodiff/gradients.ts'
import type { Node } from '../graph/node.ts'
import { add } from '../graph/elementwise.ts'
import { topological } from '../graph/topological.ts'
import { Builder } from './builder.ts'
import { phasesOf, trainedBy } from './phases.ts'
import type { Port, Program, Step } from './program.ts'
import type { UpdateRule } from './update-rule.ts'

export interface CompileOptions {
  /** Named results. */
  readonly outputs?: Readonly<Record<string, Node>>
  /** Most rows that one run may have. */
  readonly batch: number
  /** What to make small, and how; several phases take their steps in turn at each batch, as a GAN's two networks do. */
  readonly training?: TrainingPhase | readonly TrainingPhase[]
}

export interface TrainingPhase {
  /** The scalar to make small. */
  readonly loss: Node
  readonly rule: UpdateRule
  /** Names of the parameters to train; every one that the loss depends on unless given. */
  readonly only?: readonly string[]
}

/**
 * Lowers a graph to a program. Errors: `EngineError` for one name with two shapes, a program that does nothing, or a parameter that is trained by
 * two phases or by none that could.
 */
export function compile({ outputs = {}, batch, training }: CompileOptions): Program {
  const [first, ...others] = training === undefined ? [] : 'loss' in training ? [training] : training
  const program = compileOne(outputs, batch, first)
  if (others.length === 0) return program
  const whole = { ...program, next: others.map(phase => compileOne({}, batch, phase)) }
  requireAgreement(whole)
  return whole
}

function compileOne(outputs: Readonly<Record<string, Node>>, batch: number, training: TrainingPhase | undefined): Program {
  const named = Object.entries(outputs)
  const roots = [...named.map(([, node]) => node), ...(training === undefined ? [] : [training.loss])]
  if (roots.length === 0)
    throw new EngineError({
      code: 'empty-program',
      what: 'a program without output and without loss',
      remedy: 'name at least one output',
    })
  if (!(Number.isInteger(batch) && batch >= 1))
    throw new EngineError({ code: 'bad-batch', what: `a batch of ${batch} rows`, remedy: 'give a whole number of at least 1' })
  const trained = training === undefined ? [] : trainedOf(training)
  const slopes = training === undefined ? [] : slopesOf(training.loss, trained)
  const builder = new Builder()
  const places = new Map<Node, number>()
  for (const node of topological([...roots, ...slopes]))
    places.set(
      node,
      builder.add(
        node,
        node.inputs.map(input => places.get(input) as number),
      ),
    )
  const at = (node: Node): number => places.get(node) as number
  const kept = builder.finish([...roots.map(at), ...slopes.map(at), ...trained.map(at)])
  const ports = (op: 'input' | 'parameter'): Port[] =>
    kept.steps.flatMap((step, index) => (step.op === op ? [{ name: (step as Step<'input'>).attributes.name, step: index }] : []))
  const [inputs, found] = [unique(ports('input'), kept.steps), unique(ports('parameter'), kept.steps)]
  const parameters = [
    ...trained.map(node => found.find(port => port.step === kept.at(at(node))) as Port),
    ...found.filter(port => !trained.some(node => kept.at(at(node)) === port.step)),
  ]
  return {
    batch,
    steps: kept.steps,
    inputs,
    parameters,
    outputs: named.map(([name, node]) => ({ name, step: kept.at(at(node)) })),
    ...(training === undefined
      ? {}
      : {
          training: { loss: kept.at(at(training.loss)), gradients: slopes.map(slope => kept.at(at(slope))), rule: training.rule },
        }),
  }
}

/** The gradient of each parameter, whole: a name may stand in the graph as several nodes, as the weights of a network that is used twice do. */
function slopesOf(loss: Node, trained: readonly Node[]): readonly Node[] {
  const everywhere = topological([loss]).filter((node): node is Node<'parameter'> => node.op === 'parameter')
  const slopes = new Map(gradients(loss, everywhere).map((slope, i) => [everywhere[i] as Node, slope]))
  return trained.map(node => {
    const { name } = (node as Node<'parameter'>).attributes
    return everywhere
      .filter(each => each.attributes.name === name)
      .map(each => slopes.get(each) as Node)
      .reduce(add)
  })
}

function trainedOf({ loss, only }: TrainingPhase): readonly Node[] {
  const reached = parametersOf([loss])
  if (only === undefined) return reached
  const nameOf = (node: Node): string => (node as Node<'parameter'>).attributes.name
  const missing = only.find(name => !reached.some(node => nameOf(node) === name))
  if (missing === undefined) return reached.filter(node => only.includes(nameOf(node)))
  throw new EngineError({
    code: 'not-reached',
    what: `the loss does not depend on "${missing}", which it is to train`,
    where: `it depends on ${reached.map(nameOf).join(', ')}`,
    remedy: 'name parameters of that loss',
  })
}

/** Errors: `EngineError` for a name with two shapes among the phases, or one that two of them train. */
function requireAgreement(program: Program): void {
  const shapes = new Map<string, string>()
  const trained = new Set<string>()
  for (const phase of phasesOf(program)) {
    for (const { name, step } of [...phase.parameters, ...phase.inputs]) {
      const shape = (phase.steps[step] as Step).shape.join(', ')
      const known = shapes.get(name) ?? shape
      if (known !== shape)
        throw new EngineError({
          code: 'two-shapes',
          what: `"${name}" stands in the phases with two shapes`,
          where: `(${known}) and (${shape})`,
          remedy: 'give each its own name',
        })
      shapes.set(name, shape)
    }
    for (const { name } of trainedBy(phase)) {
      if (trained.has(name))
        throw new EngineError({
          code: 'trained-twice',
          what: `"${name}" is trained by two phases`,
          remedy: 'say with `only` which phase trains what',
        })
      trained.add(name)
    }
  }
}

/** The distinct parameters that some nodes depend on, in the order of their first use. */
function parametersOf(roots: readonly Node[]): readonly Node[] {
  const byName = new Map<string, Node>()
  for (const node of topological(roots))
    if (node.op === 'parameter' && !byName.has(node.attributes.name)) byName.set(node.attributes.name, node)
  return [...byName.values()]
}

function unique(ports: readonly Port[], steps: readonly Step[]): readonly Port[] {
  for (const [i, port] of ports.entries()) {
    const twin = ports.find((other, j) => j < i && other.name === port.name)
    if (twin === undefined) continue
    throw new EngineError({
      code: 'two-shapes',
      what: `"${port.name}" stands in the graph with two shapes`,
      where: `(${steps[twin.step]?.shape.join(', ')}) and (${steps[port.step]?.shape.join(', ')})`,
      remedy: 'give each its own name',
    })
  }
  return ports
}
