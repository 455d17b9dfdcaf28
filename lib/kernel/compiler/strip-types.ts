import { KernelError } from '../../errors/index.ts'
import type { Edits } from './edits.ts'
import { SyntaxKind as K, skipTrivia } from './typescript-api.ts'
import type { Node, NodeArray, SourceFile } from './typescript-api.ts'

/** The parts that a node may have, whatever its kind; which of them it has is looked up, not assumed. */
interface Parts {
  readonly modifiers?: NodeArray<Node>
  readonly typeParameters?: NodeArray<Node>
  readonly typeArguments?: NodeArray<Node>
  readonly parameters?: NodeArray<Node>
  readonly type?: Node
  readonly body?: Node
  readonly name?: Node & { readonly text?: string }
  readonly expression?: Node
  readonly isTypeOnly?: boolean
  readonly phaseModifier?: K
  readonly importClause?: Node & Parts
  readonly token?: K
}

const ERASED_MODIFIERS = new Set([
  K.PublicKeyword,
  K.PrivateKeyword,
  K.ProtectedKeyword,
  K.ReadonlyKeyword,
  K.AbstractKeyword,
  K.OverrideKeyword,
  K.DeclareKeyword,
])
const CLASS_MEMBERS = new Set([
  K.PropertyDeclaration,
  K.MethodDeclaration,
  K.Constructor,
  K.GetAccessor,
  K.SetAccessor,
  K.IndexSignature,
])
const WITH_BODY = new Set([K.FunctionDeclaration, K.MethodDeclaration, K.Constructor, K.GetAccessor, K.SetAccessor])

/**
 * Blanks everything that exists only for the type checker, so that what is left is JavaScript with every token in its
 * place. Syntax that would need code to be generated (enums, namespaces, parameter properties) is refused.
 */
export function stripTypes(source: SourceFile, edits: Edits): void {
  const { text } = source

  const visit = (node: Node): void => {
    const parts = node as Node & Parts
    if (isErased(node, parts)) return edits.blank(node.getStart(), node.end, ';')
    refuseGenerated(node, parts, source)
    switch (node.kind) {
      case K.AsExpression:
      case K.SatisfiesExpression:
        visit(parts.expression as Node)
        return edits.blank((parts.expression as Node).end, node.end, continuesByAccident(node.end) ? ';' : '')
      case K.TypeAssertionExpression:
        edits.blank(node.getStart(), (parts.expression as Node).getStart())
        return visit(parts.expression as Node)
      case K.NonNullExpression:
        edits.blank(node.end - 1, node.end)
        return visit(parts.expression as Node)
      case K.HeritageClause:
        if (parts.token === K.ImplementsKeyword) return edits.blank(node.getStart(), node.end)
        break
      case K.ImportSpecifier:
      case K.ExportSpecifier:
        if (parts.isTypeOnly === true) return blankWithComma(node)
        break
      case K.Parameter:
        if (parts.name?.text === 'this' || parts.name?.kind === K.ThisKeyword) return blankWithComma(node)
        break
    }
    blankModifiers(node, parts)
    blankAngles(parts.typeParameters)
    blankAngles(parts.typeArguments)
    blankMarks(node)
    if (parts.type !== undefined) blankType(node, parts.type)
    node.forEachChild(child => {
      if (
        child !== parts.type &&
        !isIn(child, parts.typeParameters) &&
        !isIn(child, parts.typeArguments) &&
        !isIn(child, parts.modifiers)
      )
        visit(child)
    })
  }

  const blankModifiers = (node: Node, parts: Parts): void => {
    for (const modifier of parts.modifiers ?? []) {
      if (!ERASED_MODIFIERS.has(modifier.kind)) continue
      const startsMember = CLASS_MEMBERS.has(node.kind) && modifier === parts.modifiers?.[0]
      edits.blank(modifier.getStart(), modifier.end, startsMember ? ';' : '')
    }
  }

  /** `<…>` around type parameters or arguments; the array's own range begins behind the `<`. */
  const blankAngles = (types: NodeArray<Node> | undefined): void => {
    if (types !== undefined) edits.blank(types.pos - 1, skipTrivia(text, types.end) + 1)
  }

  /** `?` and `!` behind names. */
  const blankMarks = (node: Node): void => {
    if (node.kind === K.ConditionalExpression || node.kind === K.PropertyAccessExpression) return
    node.forEachChild(child => {
      if (child.kind === K.QuestionToken || child.kind === K.ExclamationToken) edits.blank(child.getStart(), child.end)
    })
  }

  /** `: T`. No line may break between an arrow's parameters and its `=>`, so its parenthesis moves behind a long type. */
  const blankType = (node: Node, type: Node): void => {
    const colon = type.pos - 1
    if (node.kind !== K.ArrowFunction || !text.slice(colon, type.end).includes('\n')) return edits.blank(colon, type.end)
    const parenthesis = text.lastIndexOf(')', colon)
    edits.blank(parenthesis, type.end - 1)
    edits.replace(type.end - 1, type.end, ')')
  }

  const blankWithComma = (node: Node): void => {
    const next = skipTrivia(text, node.end)
    edits.blank(node.getStart(), text[next] === ',' ? next + 1 : node.end)
  }

  /** Would the next line be read as a call, an index or a template of what stands before the blank? */
  const continuesByAccident = (end: number): boolean => {
    const next = skipTrivia(text, end)
    return text.slice(end, next).includes('\n') && '([`'.includes(text[next] ?? ' ')
  }

  source.forEachChild(visit)
}

function isErased(node: Node, parts: Parts): boolean {
  if (node.kind === K.InterfaceDeclaration || node.kind === K.TypeAliasDeclaration || node.kind === K.IndexSignature) return true
  if (parts.modifiers?.some(({ kind }) => kind === K.DeclareKeyword) === true) return true
  if (node.kind === K.ImportDeclaration) return parts.importClause?.phaseModifier === K.TypeKeyword
  if (node.kind === K.ExportDeclaration || node.kind === K.ImportEqualsDeclaration) return parts.isTypeOnly === true
  if (node.kind === K.PropertyDeclaration) return parts.modifiers?.some(({ kind }) => kind === K.AbstractKeyword) === true
  return WITH_BODY.has(node.kind) && parts.body === undefined
}

function refuseGenerated(node: Node, parts: Parts, source: SourceFile): void {
  const name =
    node.kind === K.EnumDeclaration
      ? 'an enum'
      : node.kind === K.ModuleDeclaration
        ? 'a namespace'
        : node.kind === K.ImportEqualsDeclaration
          ? 'an import assignment'
          : node.kind === K.ExportAssignment && 'isExportEquals' in node && node.isExportEquals === true
            ? 'an export assignment'
            : node.kind === K.Parameter && parts.modifiers?.some(({ kind }) => ERASED_MODIFIERS.has(kind)) === true
              ? 'a parameter property'
              : undefined
  if (name === undefined) return
  const { line } = source.getLineAndCharacterOfPosition(node.getStart())
  throw new KernelError({
    code: 'not-erasable',
    what: `${name} cannot be turned into JavaScript by erasing its types`,
    where: `line ${line + 1}`,
    remedy:
      'write it in plain JavaScript: a const object for an enum, a module for a namespace, a field for a parameter property',
  })
}

function isIn(node: Node, nodes: NodeArray<Node> | undefined): boolean {
  return nodes !== undefined && nodes.includes(node)
}
