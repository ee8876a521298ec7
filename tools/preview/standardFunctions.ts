/** Functions of `@pulumi/std` that need nobody to be asked: what they answer is computed here. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { type Properties } from "./types";

type Compute = (args: Properties) => unknown;

const text = (args: Properties, name = "input"): string => {
    const value = args[name] ?? "";
    return typeof value === "string" ? value : JSON.stringify(value);
};
const list = (args: Properties, name = "input"): readonly unknown[] => {
    const value = args[name];
    return Array.isArray(value) ? value : [];
};
const hashed =
    (algorithm: string, encoding: "hex" | "base64" = "hex"): Compute =>
    (args) =>
        createHash(algorithm).update(text(args)).digest(encoding);
const hashedFile =
    (algorithm: string, encoding: "hex" | "base64" = "hex"): Compute =>
    (args) =>
        createHash(algorithm)
            .update(readFileSync(text(args)))
            .digest(encoding);

/** Source: the package's own descriptions of its functions, which are those of Terraform's language. */
const FUNCTIONS: Readonly<Record<string, Compute>> = {
    abs: (args) => Math.abs(Number(args["input"])),
    abspath: (args) => resolve(text(args)),
    base64decode: (args) => Buffer.from(text(args), "base64").toString("utf8"),
    base64encode: (args) => Buffer.from(text(args)).toString("base64"),
    base64sha256: hashed("sha256", "base64"),
    base64sha512: hashed("sha512", "base64"),
    basename: (args) => basename(text(args)),
    ceil: (args) => Math.ceil(Number(args["input"])),
    chomp: (args) => text(args).replace(/(?:\r?\n)+$/, ""),
    compact: (args) => list(args).filter((item) => item !== "" && item !== null),
    concat: (args) => list(args).flat(),
    contains: (args) => list(args).includes(args["element"]),
    dirname: (args) => dirname(text(args)),
    distinct: (args) => [...new Set(list(args))],
    endswith: (args) => text(args).endsWith(text(args, "suffix")),
    file: (args) => readFileSync(text(args), "utf8"),
    filebase64: (args) => readFileSync(text(args)).toString("base64"),
    filebase64sha256: hashedFile("sha256", "base64"),
    filebase64sha512: hashedFile("sha512", "base64"),
    fileexists: (args) => existsSync(text(args)),
    filemd5: hashedFile("md5"),
    filesha1: hashedFile("sha1"),
    filesha256: hashedFile("sha256"),
    filesha512: hashedFile("sha512"),
    flatten: (args) => list(args).flat(Number.POSITIVE_INFINITY),
    floor: (args) => Math.floor(Number(args["input"])),
    join: (args) => list(args).map(String).join(text(args, "separator")),
    jsondecode: (args) => JSON.parse(text(args)) as unknown,
    jsonencode: (args) => JSON.stringify(args["input"]),
    lower: (args) => text(args).toLowerCase(),
    md5: hashed("md5"),
    parseint: (args) => Number.parseInt(text(args), Number(args["base"])),
    pow: (args) => Number(args["base"]) ** Number(args["exponent"]),
    sha1: hashed("sha1"),
    sha256: hashed("sha256"),
    sha512: hashed("sha512"),
    split: (args) => text(args, "text").split(text(args, "separator")),
    startswith: (args) => text(args).startsWith(text(args, "prefix")),
    title: (args) => text(args).replaceAll(/(^|\s)(\S)/g, (match) => match.toUpperCase()),
    tostring: (args) => text(args),
    trimprefix: (args) => {
        const prefix = text(args, "prefix");
        return text(args).startsWith(prefix) ? text(args).slice(prefix.length) : text(args);
    },
    trimspace: (args) => text(args).trim(),
    trimsuffix: (args) => {
        const suffix = text(args, "suffix");
        return text(args).endsWith(suffix) ? text(args).slice(0, -suffix.length || undefined) : text(args);
    },
    upper: (args) => text(args).toUpperCase(),
    // As in a form, where more is escaped than JavaScript does.
    urlencode: (args) => new URLSearchParams([["", text(args)]]).toString().slice(1).replaceAll("*", "%2A"),
};

/** What a function of `@pulumi/std` answers; nothing for one that is not computed here. */
export function standardAnswer(token: string, args: Properties): Properties | undefined {
    const compute = FUNCTIONS[token.slice(token.lastIndexOf(":") + 1)];
    return compute === undefined ? undefined : { result: compute(args) };
}
