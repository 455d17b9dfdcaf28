import { EngineError } from '../../errors/index.ts'
import { gradients } from '../autodiff/gradients.ts'
import type { Node } from '../graph/node.ts'
import { topological } from '../graph/topological.ts'
import { Builder } from './builder.ts'
import type { Port, Program, Step } from './program.ts'
import type { UpdateRule } from './update-rule.ts'

export interface CompileOptions {
  /** Named results. */
  readonly outputs?: Readonly<Record<string, Node>>
  /** Most rows that one run may have. */
  readonly batch: number
  /** The scalar to make small, and how. Every parameter that it depends on is trained. */
  readonly training?: { readonly loss: Node; readonly rule: UpdateRule }
}

/** Lowers a graph to a program. Errors: `EngineError` for one name with two shapes, or a program that does nothing. */
export function compile({ outputs = {}, batch, training }: CompileOptions): Program {
  const named = Object.entries(outputs)
  const roots = [...named.map(([, node]) => node), ...(training === undefined ? [] : [training.loss])]
  if (roots.length === 0) throw new EngineError({ code: 'empty-program', what: 'a program without output and without loss', remedy: 'name at least one output' })
  if (!(Number.isInteger(batch) && batch >= 1)) throw new EngineError({ code: 'bad-batch', what: `a batch of ${batch} rows`, remedy: 'give a whole number of at least 1' })
  const trained = training === undefined ? [] : parametersOf([training.loss])
  const slopes = training === undefined ? [] : gradients(training.loss, trained)
  const builder = new Builder()
  const places = new Map<Node, number>()
  for (const node of topological([...roots, ...slopes])) places.set(node, builder.add(node, node.inputs.map(input => places.get(input) as number)))
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
    batch, steps: kept.steps, inputs, parameters,
    outputs: named.map(([name, node]) => ({ name, step: kept.at(at(node)) })),
    ...(training === undefined ? {} : { training: { loss: kept.at(at(training.loss)), gradients: slopes.map(slope => kept.at(at(slope))), rule: training.rule } }),
  }
}

/** The distinct parameters that some nodes depend on, in the order of their first use. */
function parametersOf(roots: readonly Node[]): readonly Node[] {
  const byName = new Map<string, Node>()
  for (const node of topological(roots)) if (node.op === 'parameter' && !byName.has(node.attributes.name)) byName.set(node.attributes.name, node)
  return [...byName.values()]
}

function unique(ports: readonly Port[], steps: readonly Step[]): readonly Port[] {
  for (const [i, port] of ports.entries()) {
    const twin = ports.find((other, j) => j < i && other.name === port.name)
    if (twin === undefined) continue
    throw new EngineError({
      code: 'two-shapes', what: `"${port.name}" stands in the graph with two shapes`,
      where: `(${steps[twin.step]?.shape.join(', ')}) and (${steps[port.step]?.shape.join(', ')})`, remedy: 'give each its own name',
    })
  }
  return ports
}
