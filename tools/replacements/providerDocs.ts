/** What the documentation of @pulumi/aws says of a change: its doc comments are the Terraform provider's own pages. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { type ClassFile, classFiles } from "./classFiles";

/** What a doc comment says of a property: that a change always makes another resource, or that one may. */
export type DocumentedReplacement = "always" | "sometimes";

/** A resource of the provider, as its declarations describe it. */
export interface DocumentedType {
    /** `aws:rds/cluster:Cluster`. */
    readonly type: string;
    /** The names of its inputs. */
    readonly inputs: readonly string[];
    /** Inputs of inputs have paths with dots. */
    readonly replacements: ReadonlyMap<string, DocumentedReplacement>;
}

/** A resource with the inputs of its inputs. */
export interface DeclaredType extends DocumentedType {
    /** The names of the inputs that an input has, by the names that lead to it; none where it has no such. */
    readonly inside: (path: readonly string[]) => readonly string[];
}

/** Inputs nest; below this nothing was ever found that replaces. */
const DEPTH = 4;

/** Ways in which the pages say that a change makes another resource. */
const REPLACES = [
    /\bforces? (?:a |the )?(?:new\b|replacement|re-?creation|creation of a new)/i,
    /\bforces?\b[^.]{0,60}\b(?:new (?:resource|cluster)|re-?creat|replac)/i,
    /\bchang[^.]{0,100}\b(?:new (?:resource|cluster|tenant)|recreat|re-creat|replacement)/i,
    /\btriggers?\b[^.]{0,30}\b(?:replacement|re-?creat)/i,
    /\bcause\b[^.]{0,60}\b(?:destroyed and re-?created|replaced)/i,
    /\bcreates a new resource\b/i,
];
/** Sentences that speak of something else with the same words. */
const SPEAKS_OF_OTHERS =
    /\b(?:new task deployment|new resources downstream|forceNewDeployment|new deployment)\b/i;
/** Words of the sentence itself, which set no condition. */
const SELF = /\b(?:if|when) (?:it is |this is )?(?:changed|modified)\b/gi;
const CONDITION =
    /\b(?:if|when|unless|except(?:ion)?|decreas\w+|from `|between|lower|disabling|subsequent|only|empty|removing|deleting|for multi-az|can be added)\b/i;

/** What a doc comment says, if it says anything. */
export function replacementIn(comment: string): DocumentedReplacement | undefined {
    const sentences = comment
        .replace(/\s+/g, " ")
        .split(/(?<=[.!)])\s+(?=[A-Z(`*])/)
        .filter((sentence) => !SPEAKS_OF_OTHERS.test(sentence))
        .filter((sentence) => REPLACES.some((way) => way.test(sentence.replace(SELF, ""))));
    if (sentences.length === 0) {
        return undefined;
    }
    return sentences.some((sentence) => !CONDITION.test(sentence.replace(SELF, ""))) ? "always" : "sometimes";
}

/** All resources of the package in this folder. */
export function documentedTypes(folder: string): DeclaredType[] {
    const nested = new NestedInputs(path.join(folder, "types", "input.d.ts"));
    return [...classFiles(folder)]
        .flatMap((each) => typeIn(each, nested))
        .sort((one, other) => (one.type < other.type ? -1 : 1));
}

function typeIn({ type, file }: ClassFile, nested: NestedInputs): DeclaredType[] {
    const declarations = file.replace(/\.js$/, ".d.ts");
    if (!existsSync(declarations)) {
        return [];
    }
    const wanted = `${type.slice(type.lastIndexOf(":") + 1)}Args`;
    const source = parse(declarations);
    for (const statement of source.statements) {
        if (ts.isInterfaceDeclaration(statement) && statement.name.text === wanted) {
            const replacements = new Map<string, DocumentedReplacement>();
            const members = membersOf(statement, source);
            collect(members, "", nested, [], replacements);
            const inside = (path: readonly string[]): readonly string[] =>
                nested.inside(members, path).map(({ name }) => name);
            return [{ type, inputs: members.map(({ name }) => name), replacements, inside }];
        }
    }
    return [];
}

interface Member {
    readonly name: string;
    readonly comment: string;
    /** `rds.ClusterScalingConfiguration`, where the member is of such a type. */
    readonly of: string | undefined;
}

function collect(
    members: readonly Member[],
    prefix: string,
    nested: NestedInputs,
    above: readonly string[],
    into: Map<string, DocumentedReplacement>,
): void {
    for (const { name, comment, of } of members) {
        const said = replacementIn(comment);
        if (said !== undefined) {
            into.set(`${prefix}${name}`, said);
        }
        if (of !== undefined && above.length < DEPTH && !above.includes(of)) {
            collect(nested.members(of), `${prefix}${name}.`, nested, [...above, of], into);
        }
    }
}

/** The interfaces of nested inputs, read as they are asked for. */
class NestedInputs {
    readonly #source: ts.SourceFile;
    readonly #declarations = new Map<string, ts.InterfaceDeclaration>();
    readonly #members = new Map<string, Member[]>();

    constructor(file: string) {
        this.#source = parse(file);
        for (const statement of this.#source.statements) {
            this.#gather(statement, "");
        }
    }

    members(name: string): readonly Member[] {
        const known = this.#members.get(name);
        if (known !== undefined) {
            return known;
        }
        const declaration = this.#declarations.get(name);
        const members = declaration === undefined ? [] : membersOf(declaration, this.#source);
        this.#members.set(name, members);
        return members;
    }

    /** The members that are found by following these names. */
    inside(members: readonly Member[], path: readonly string[]): readonly Member[] {
        return path.reduce<readonly Member[]>((level, step) => {
            const of = level.find(({ name }) => name === step)?.of;
            return of === undefined ? [] : this.members(of);
        }, members);
    }

    #gather(node: ts.Node, prefix: string): void {
        if (ts.isModuleDeclaration(node) && node.body !== undefined && ts.isModuleBlock(node.body)) {
            for (const inner of node.body.statements) {
                this.#gather(inner, `${prefix}${node.name.text}.`);
            }
        } else if (ts.isInterfaceDeclaration(node)) {
            this.#declarations.set(`${prefix}${node.name.text}`, node);
        }
    }
}

function membersOf(declaration: ts.InterfaceDeclaration, source: ts.SourceFile): Member[] {
    return declaration.members.filter(ts.isPropertySignature).map((member) => {
        const text = member.type?.getText(source) ?? "";
        const comments = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
        return {
            name: member.name.getText(source),
            comment: comments.map((each) => ts.getTextOfJSDocComment(each.comment) ?? "").join(" "),
            of: /\binputs\.([\w.]+)/.exec(text)?.[1],
        };
    });
}

function parse(file: string): ts.SourceFile {
    return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}
