/**
 * Answers to functions of providers that the preview has no table for: made up by what the project's own SDK declares
 * that the function returns.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { believableText } from "./believable";
import { hex } from "./synthetic";
import { type Properties } from "./types";
import { packageOf } from "./urn";

const load = createRequire(__filename);

/** What to make an answer for. */
export interface Question {
    readonly token: string;
    readonly args: Properties;
    readonly region: string;
    readonly account: string;
}

/** A member of a declared interface. */
interface Member {
    readonly name: string;
    readonly optional: boolean;
    readonly type: string;
}

const COMMENT = /\/\*[\s\S]*?\*\//g;
const MEMBER = /^\s*(?:readonly )?(\w+)(\?)?: ([\s\S]*)$/;
/** How deep answers go: types that hold themselves end somewhere. */
const DEEPEST = 4;
/** How many things a function finds that returns a list of ids. */
const FOUND = 2;

/** Makes an answer up; nothing where no package of the project declares the function. */
export function declaredAnswer(question: Question): Properties | undefined {
    const file = declarationOf(question.token);
    if (file === undefined) {
        return undefined;
    }
    const name = functionName(question.token);
    const source = readFileSync(file, "utf8");
    const result = `${name.charAt(0).toUpperCase()}${name.slice(1)}Result`;
    const members = interfaceBody(source, `export interface ${result} {`);
    if (members === undefined) {
        return undefined;
    }
    return new Answer(question, packageOf(question.token)).record(members, noun(name), 0, question.args);
}

/** Makes values up for one question. */
class Answer {
    constructor(
        readonly question: Question,
        readonly pkg: string,
    ) {}

    record(members: readonly Member[], about: string, depth: number, given: Properties = {}): Properties {
        const result: Properties = {};
        for (const { name, optional, type } of members) {
            const value = given[name] ?? (optional ? undefined : this.#value(name, type, about, depth));
            if (value !== undefined) {
                result[name] = value;
            }
        }
        return result;
    }

    #value(name: string, declared: string, about: string, depth: number): unknown {
        const type = declared.replace(/\s*\|\s*undefined$/, "").trim();
        if (type.endsWith("[]")) {
            return this.#list(name, type.slice(0, -2), about, depth);
        }
        switch (type) {
            case "string":
                return this.#text(name, about, "");
            case "boolean":
                return false;
            case "number":
                return 1;
        }
        const [, module, nested] = /^outputs\.(?:(\w+)\.)?(\w+)$/.exec(type) ?? [];
        if (nested !== undefined && depth < DEEPEST) {
            const members = nestedType(this.pkg, module, nested);
            return members === undefined ? {} : this.record(members, about, depth + 1);
        }
        return {};
    }

    #list(name: string, type: string, about: string, depth: number): readonly unknown[] {
        if (type === "string") {
            const one = name === "ids" ? "id" : name.replace(/s$/, "");
            return Array.from({ length: FOUND }, (_, index) => this.#text(one, about, String(index)));
        }
        const item = this.#value(name, type, about, depth);
        return item === undefined ? [] : [item];
    }

    /** A text as things of this name have it, which is the same in every run. */
    #text(name: string, about: string, salt: string): string {
        const { token, args, region, account } = this.question;
        const seed = `${token}${JSON.stringify(args)}${region}/${salt}`;
        const service = token.split(":")[1]?.split("/")[0] ?? "";
        const place = { about, service, region, account, second: salt === "1" };
        return believableText(name, seed, place) ?? `made-up-${hex(seed, 8)}`;
    }
}

/** `getVpc` of `aws:ec2/getVpc:getVpc`. */
function functionName(token: string): string {
    return token.slice(token.lastIndexOf(":") + 1);
}

/** What a function is about: `subnet` of `getSubnets`. */
function noun(name: string): string {
    const bare = name.replace(/^get/, "").replace(/Ids$|s$/, "");
    return `${bare.charAt(0).toLowerCase()}${bare.slice(1)}`;
}

/** The declaration of a function: a token names its module, and the older ones its file. */
function declarationOf(token: string): string | undefined {
    const [pkg = "", path = "", name = ""] = token.split(":");
    const module = path.split("/")[0] ?? "";
    const folder = module === "" || module === "index" ? "" : `${module}/`;
    try {
        return load.resolve(`@pulumi/${pkg}/${folder}${name}.d.ts`);
    } catch {
        // Another vendor's package, or a function that the project's version does not have.
        return undefined;
    }
}

const sources = new Map<string, string>();

/** The members of a type of `outputs`. */
function nestedType(pkg: string, module: string | undefined, name: string): readonly Member[] | undefined {
    let source = sources.get(pkg);
    if (source === undefined) {
        try {
            source = readFileSync(load.resolve(`@pulumi/${pkg}/types/output.d.ts`), "utf8");
        } catch {
            source = "";
        }
        sources.set(pkg, source);
    }
    const start = module === undefined ? 0 : source.indexOf(`export declare namespace ${module} {`);
    return start < 0 ? undefined : interfaceBody(source.slice(start), `interface ${name} {`);
}

/** The members of the first interface that begins so. */
function interfaceBody(source: string, opening: string): readonly Member[] | undefined {
    const start = source.indexOf(opening);
    if (start < 0) {
        return undefined;
    }
    const members: Member[] = [];
    const rest = source.slice(start + opening.length).replace(/^\r?\n/, "");
    const text = rest.slice(0, closing(rest)).replace(COMMENT, "");
    let depth = 0;
    let member = "";
    for (const character of text) {
        depth += character === "{" ? 1 : character === "}" ? -1 : 0;
        if (character !== ";" || depth > 0) {
            member += character;
            continue;
        }
        const [, name, optional, type] = MEMBER.exec(member.trim()) ?? [];
        if (name !== undefined && type !== undefined) {
            members.push({ name, type, optional: optional !== undefined });
        }
        member = "";
    }
    return members;
}

/** Where the brace is closed that was opened before the text; comments may hold any. */
function closing(text: string): number {
    const pattern = /\/\*[\s\S]*?\*\/|[{}]/g;
    let depth = 1;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
        depth += match[0] === "{" ? 1 : match[0] === "}" ? -1 : 0;
        if (depth === 0) {
            return match.index;
        }
    }
    return text.length;
}
