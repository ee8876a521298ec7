/** What the change of a property does to its resource, and who says so. */
import { items } from "../render/inputs";
import { type ResourceState } from "../types";
import { isProvider, packageOf } from "../urn";
import { isRecord } from "../values";
import { stable } from "./listItems";
import { type Verdict, type VerdictSource } from "./changes";
import { type Difference, propertyPath } from "./differences";
import { type HandVerdicts, replacementTable, type TableRow } from "./replacementTable";

/** A verdict with its reasons. */
export interface Judgement {
    readonly verdict: Verdict;
    readonly sources: readonly VerdictSource[];
}

/** What is changed. */
export interface JudgedResource {
    readonly before: ResourceState;
    readonly after: ResourceState;
}

const BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
const SUBNET = "aws:ec2/subnet:Subnet";
const [FIRST_TAGS, ALL_TAGS] = ["tags", "tagsAll"];

/** Says what a difference of its inputs does to a resource. */
export function judge(resource: JudgedResource, difference: Difference): Judgement {
    const { type } = resource.after;
    const path = propertyPath(difference.path);
    const property = path.split(".")[0] ?? "";
    if (isIgnored(resource.after.ignoreChanges, path)) {
        return judgement("ignored", "engine", `ignoreChanges names ${property}`);
    }
    if (patternsOf(resource.after.replaceOnChanges).some((pattern) => covers(pattern, path))) {
        const native = packageOf(type) === "aws-native";
        return judgement(
            "replaces",
            native ? "aws-native" : "engine",
            native
                ? `@pulumi/aws-native replaces ${type} for ${property}`
                : `replaceOnChanges names ${property}`,
        );
    }
    if (isProvider(type)) {
        return judgement("updates", "engine", "a provider's configuration changes in place");
    }
    if (property === FIRST_TAGS || property === ALL_TAGS || packageOf(type) === "aws-native") {
        return { verdict: "updates", sources: [] };
    }
    const balancer = BALANCERS.includes(type) ? balancerVerdict(resource, property) : undefined;
    if (balancer !== undefined) {
        return balancer;
    }
    if (type === SUBNET && property === "ipv6CidrBlock" && difference.op === "add") {
        return judgement(
            "updates",
            "provider",
            "aws_subnet: a subnet without a block of IPv6 is given one in place",
        );
    }
    const table = replacementTable();
    const everywhere = fromRow(table.everywhere[packageOf(type)] ?? {}, type, path, difference);
    if (everywhere !== undefined) {
        return everywhere;
    }
    const row = table.types[type];
    const told = row === undefined ? undefined : fromRow(row, type, path, difference);
    if (told !== undefined) {
        return told;
    }
    return row?.twin !== undefined || row?.whole === true
        ? { verdict: "updates", sources: [] }
        : { verdict: "mayReplace", sources: [{ source: "table", text: `no source speaks of ${type}` }] };
}

/** What a balancer's kind decides; undefined for any other property. */
function balancerVerdict({ before, after }: JudgedResource, property: string): Judgement | undefined {
    const network = ["network", "gateway"].includes(String(before.inputs["loadBalancerType"]));
    const was = items(before.inputs[property]).map(stable);
    const is = items(after.inputs[property]).map(stable);
    // Where another one's replacement is followed, both sides read the same, and the new items are others.
    const grows = is.length > was.length && was.every((item) => is.includes(item));
    switch (property) {
        case "subnets":
            return judgement(
                network && !grows ? "replaces" : "updates",
                "provider",
                "aws_lb: one of type network is made anew unless it only gains zones, else its zones change in place",
            );
        case "subnetMappings": {
            const shrinks = is.length < was.length && is.every((item) => was.includes(item));
            return judgement(
                grows || (!network && shrinks) ? "updates" : "replaces",
                "provider",
                "aws_lb: a zone's mapping is never changed in place, and one of type network loses none",
            );
        }
        case "securityGroups":
            return judgement(
                network && (was.length === 0) !== (is.length === 0) ? "replaces" : "updates",
                "provider",
                "aws_lb: one of type network is made anew when it gets its first security group or loses its last",
            );
        default:
            return undefined;
    }
}

/** What a row of the table says of a property; undefined where it says nothing. */
function fromRow(row: TableRow, type: string, path: string, difference: Difference): Judgement | undefined {
    const { byHand, votes = {}, twin = "", asked } = row;
    const property = path.split(".")[0] ?? "";
    for (const verdict of ["replaces", "mayReplace", "updates"] as const) {
        if (byHand?.[verdict]?.some((name) => name === property || name === "*") === true) {
            return judgedByHand(verdict, byHand);
        }
    }
    const paths = touchedPaths(path, difference);
    // Of a change of the whole of it nobody says which part is another one.
    const inside = difference.op === "change" ? `${path}.` : undefined;
    const planned = asked?.replaces.find(
        (each) => paths.includes(each) || (inside !== undefined && each.startsWith(inside)),
    );
    const touched = paths.filter((each) => each in votes);
    const letters = new Set(touched.flatMap((each) => (votes[each] ?? "").split("")));
    const where = touched[0] ?? path;
    const sources: VerdictSource[] = [
        ...(planned === undefined
            ? []
            : [source("provider", `${asked?.see ?? ""}.${planned}: ${plannedBy()}`)]),
        ...(letters.has("c") ? [source("cloudformation", `${twin} makes another one for ${where}`)] : []),
        ...(letters.has("m")
            ? [source("cloudformation", `${twin} makes another one for some changes of ${where}`)]
            : []),
        ...(letters.has("n") ? [source("aws-native", `replaceOnChanges names ${where}`)] : []),
        ...(letters.has("p") ? [source("provider", `@pulumi/aws documents it of ${type}.${where}`)] : []),
        ...(letters.has("s")
            ? [source("provider", `@pulumi/aws documents it of some changes of ${type}.${where}`)]
            : []),
    ];
    if (planned !== undefined) {
        return { verdict: "replaces", sources };
    }
    if (byHand !== undefined && row.whole === true) {
        return judgedByHand("updates", byHand);
    }
    // One change that was planned in place says nothing of others, where the documentation speaks of some.
    const told = asked !== undefined && !asked.untold.includes(property);
    if (told && !letters.has("p") && !letters.has("s")) {
        return judgement("updates", "provider", `${asked.see}.${property} in place: ${plannedBy()}`);
    }
    if (letters.size === 0) {
        return undefined;
    }
    const sure = letters.has("p") || touched.some((each) => /c.*n/.test(votes[each] ?? ""));
    return { verdict: sure ? "replaces" : "mayReplace", sources };
}

function judgedByHand(verdict: Verdict, { see, from }: HandVerdicts): Judgement {
    return judgement(verdict, "provider", `${see}: ${replacementTable().sources[from] ?? from}`);
}

/** Who planned what the table has as asked. */
function plannedBy(): string {
    return replacementTable().sources["asked"] ?? "";
}

/** The paths of a change: those above it, its own, and those inside what has come or gone. */
function touchedPaths(path: string, { op, before, after }: Difference): string[] {
    const parts = path.split(".");
    const above = parts.map((_, index) => parts.slice(0, index + 1).join("."));
    return op === "change" ? above : [...above, ...innerPaths(op === "add" ? after : before, path)];
}

function innerPaths(value: unknown, prefix: string): string[] {
    if (Array.isArray(value)) {
        return [...new Set(value.flatMap((item) => innerPaths(item, prefix)))];
    }
    return isRecord(value)
        ? Object.entries(value).flatMap(([key, inner]) => [
              `${prefix}.${key}`,
              ...innerPaths(inner, `${prefix}.${key}`),
          ])
        : [];
}

/** Whether Pulumi keeps the old value: the whole property, or this part of it, is named. */
function isIgnored(ignoreChanges: readonly string[], path: string): boolean {
    return patternsOf(ignoreChanges).some((pattern) => covers(pattern, path));
}

/** `tags[*]`, `tags["a.b"]` and `tags.*` as paths with dots, where what stands for all items is left out. */
function patternsOf(paths: readonly string[] = []): string[] {
    return paths.map((path) =>
        path
            .replace(/\["([^"]*)"\]/g, ".$1")
            .replace(/\[(?:\*|\d+)\]/g, "")
            .replaceAll(".*", ""),
    );
}

function covers(pattern: string, path: string): boolean {
    return pattern === "*" || pattern === path || path.startsWith(`${pattern}.`);
}

function judgement(verdict: Verdict, who: VerdictSource["source"], text: string): Judgement {
    return { verdict, sources: [source(who, text)] };
}

function source(who: VerdictSource["source"], text: string): VerdictSource {
    return { source: who, text };
}
