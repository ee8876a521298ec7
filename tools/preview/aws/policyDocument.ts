/** `aws.iam.getPolicyDocument`, worked out as the provider does: it asks nobody. */
import { hex } from "../synthetic";
import { type Properties } from "../types";

function list(value: unknown): string[] {
    return Array.isArray(value) ? value.map(String) : [];
}

/** One item stands for itself, several are a list, in reverse order of the alphabet as the provider writes them. */
function oneOrMany(values: readonly string[]): string | string[] | undefined {
    const [only] = values;
    return values.length <= 1 ? only : [...values].sort().reverse();
}

function principals(value: unknown): unknown {
    if (!Array.isArray(value) || value.length === 0) {
        return undefined;
    }
    const merged: Record<string, string[]> = {};
    for (const principal of value as Properties[]) {
        const type = String(principal["type"]);
        (merged[type] ??= []).push(...list(principal["identifiers"]));
    }
    const everyone = merged["*"];
    if (everyone !== undefined) {
        return "*";
    }
    return Object.fromEntries(Object.entries(merged).map(([type, names]) => [type, oneOrMany(names)]));
}

function conditions(value: unknown): unknown {
    if (!Array.isArray(value) || value.length === 0) {
        return undefined;
    }
    const result: Record<string, Record<string, unknown>> = {};
    for (const condition of value as Properties[]) {
        const test = (result[String(condition["test"])] ??= {});
        test[String(condition["variable"])] = oneOrMany(list(condition["values"]));
    }
    return result;
}

function statement(input: Properties): Properties {
    const entries: [string, unknown][] = [
        ["Sid", input["sid"]],
        ["Effect", input["effect"] ?? "Allow"],
        ["Action", oneOrMany(list(input["actions"]))],
        ["NotAction", oneOrMany(list(input["notActions"]))],
        ["Resource", oneOrMany(list(input["resources"]))],
        ["NotResource", oneOrMany(list(input["notResources"]))],
        ["Principal", principals(input["principals"])],
        ["NotPrincipal", principals(input["notPrincipals"])],
        ["Condition", conditions(input["conditions"])],
    ];
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ""));
}

function statementsOf(json: string): Properties[] {
    const document = JSON.parse(json) as { Statement?: Properties | Properties[] };
    const found = document.Statement ?? [];
    return Array.isArray(found) ? found : [found];
}

/** Later statements replace earlier ones with the same Sid. */
function override(base: readonly Properties[], over: readonly Properties[]): Properties[] {
    const result = [...base];
    for (const next of over) {
        const index =
            next["Sid"] === undefined ? -1 : result.findIndex((item) => item["Sid"] === next["Sid"]);
        if (index < 0) {
            result.push(next);
        } else {
            result[index] = next;
        }
    }
    return result;
}

/** Writes the document that the arguments describe. */
export function policyDocument(args: Properties): Properties {
    const own = Array.isArray(args["statements"]) ? (args["statements"] as Properties[]).map(statement) : [];
    const sources = list(args["sourcePolicyDocuments"]).flatMap(statementsOf);
    const overrides = list(args["overridePolicyDocuments"]).flatMap(statementsOf);
    const document = {
        Version: args["version"] ?? "2012-10-17",
        ...(args["policyId"] === undefined ? {} : { Id: args["policyId"] }),
        Statement: override([...sources, ...own], overrides),
    };
    const json = JSON.stringify(document, undefined, 2);
    return {
        ...args,
        json,
        minifiedJson: JSON.stringify(document),
        id: String(Number.parseInt(hex(json, 8), 16)),
    };
}
