/** The resources of a preview, by all that others name them by. */
import { isGlobal } from "../../../policies/framework/places";
import { displayType } from "../render/plan";
import { textOf } from "../render/inputs";
import { type PreviewDocument, type ResourceState } from "../types";
import { isDefaultProvider, nameOf, STACK_TYPE } from "../urn";
import { isRecord } from "../values";
import { type AnalyzedResource } from "../analysis/resource";
import { type PictureResource } from "./types";

/** A resource of one of the stacks. */
export interface Item extends AnalyzedResource {
    readonly urn: string;
    /** Its place in the list of all. */
    readonly index: number;
    readonly stack: string;
    readonly state: ResourceState;
    /** AWS's name of its region; left out for what is in none. */
    readonly region?: string;
    /** The region of its stack, also for what is in none. */
    readonly home: string;
}

/** Outputs that name a resource and nothing else. */
const NAMING_OUTPUTS = [
    "arn",
    "bucketDomainName",
    "bucketRegionalDomainName",
    "clusterArn",
    "dnsName",
    "domainName",
    "regionalDomainName",
    "cloudfrontDomainName",
    "endpoint",
    "readerEndpoint",
    "apiEndpoint",
    "url",
] as const;

/** All resources, and who has which name. */
export class Inventory {
    readonly items: readonly Item[];
    readonly #byUrn = new Map<string, Item>();
    readonly #byText = new Map<string, Item>();
    readonly #byTypeAndName = new Map<string, Item>();
    readonly #byType = new Map<string, Item[]>();

    constructor(document: PreviewDocument, stacks: readonly string[]) {
        this.items = stacks
            .flatMap((stack) => itemsOf(document, stack))
            .map((item, index) => ({ ...item, index }));
        for (const item of this.items) {
            this.#byUrn.set(item.urn, item);
            this.#byType.set(item.type, [...(this.#byType.get(item.type) ?? []), item]);
            for (const name of namesOf(item)) {
                this.#byText.set(name, item);
            }
            for (const key of ["name", "bucket", "clusterIdentifier", "identifier", "functionName"]) {
                const name = textOf(item.outputs[key]) ?? textOf(item.inputs[key]);
                if (name !== undefined) {
                    this.#byTypeAndName.set(typeAndName(item.type, name, item.region), item);
                }
            }
        }
    }

    get(urn: string | undefined): Item | undefined {
        return urn === undefined ? undefined : this.#byUrn.get(urn);
    }

    ofType(...types: readonly string[]): readonly Item[] {
        return types.length === 1
            ? (this.#byType.get(types[0] ?? "") ?? [])
            : types.flatMap((type) => this.#byType.get(type) ?? []);
    }

    /** Who has the ARN, the id, or the name in DNS. */
    named(text: unknown): Item | undefined {
        return typeof text === "string" ? this.#byText.get(text.replace(/\.$/, "")) : undefined;
    }

    /** Who of a type has the name, in a region. */
    called(type: string, name: unknown, region: string | undefined): Item | undefined {
        return typeof name === "string"
            ? this.#byTypeAndName.get(typeAndName(type, name, region))
            : undefined;
    }

    /** The component or resource directly in the stack that it belongs to. */
    partOf(item: Item): Item {
        return this.ancestors(item).at(-1) ?? item;
    }

    /** Its parents, the nearest first, without the stack itself. */
    ancestors(item: Item): Item[] {
        const found: Item[] = [];
        for (let at = this.get(item.state.parent); at !== undefined; at = this.get(at.state.parent)) {
            if (at.type === STACK_TYPE) {
                break;
            }
            found.push(at);
        }
        return found;
    }
}

/** A resource as the page lists it. */
export function pictureResource({ urn, name, type, stack }: Item): PictureResource {
    return { urn, name, type: displayType(type), stack };
}

function itemsOf(document: PreviewDocument, stack: string): Omit<Item, "index">[] {
    const steps = (document.stacks[stack]?.steps ?? []).filter(({ urn }) => !isDefaultProvider(urn));
    const regions = new Map(
        steps
            .filter(({ newState }) => newState.type.startsWith("pulumi:providers:aws"))
            .map(({ urn, newState }) => [urn, textOf(newState.inputs["region"])] as const),
    );
    const home = [...regions.values()].find((region) => region !== undefined) ?? "a region not known yet";
    return steps
        .filter(({ newState }) => !newState.type.startsWith("pulumi:providers:"))
        .map(({ urn, newState: state }) => {
            const { type, inputs, outputs, custom } = state;
            const provider = state.provider?.replace(/::[^:]*$/, "") ?? "";
            const region = regionOf(state) ?? regions.get(provider) ?? home;
            return {
                urn,
                stack,
                type,
                name: nameOf(urn),
                custom,
                id: idOf(state),
                inputs,
                outputs,
                state,
                home,
                ...(isGlobal(type) || !type.startsWith("aws") ? {} : { region }),
            };
        });
}

function regionOf({ type, inputs, outputs }: ResourceState): string | undefined {
    if (type === "aws-native:cognito:UserPoolReplica") {
        return textOf(inputs["regionName"]);
    }
    const inArn = textOf(outputs["arn"])?.split(":")[3];
    return (
        textOf(outputs["region"]) ??
        textOf(inputs["region"]) ??
        (inArn === "" ? undefined : inArn) ??
        textOf(outputs["bucketRegion"])
    );
}

/** What AWS calls it. EC2's ids are the end of the ARN; others are called by their ARN, and roles by their name. */
function idOf({ id, type, outputs }: ResourceState): string {
    const arn = textOf(outputs["arn"]);
    if (id !== undefined) {
        return id;
    }
    if (type.startsWith("aws:iam/")) {
        return textOf(outputs["name"]) ?? arn ?? "";
    }
    return /^aws:(?:ec2|vpc)\//.test(type) ? (arn?.split("/").at(-1) ?? "") : (arn ?? "");
}

function namesOf({ id, type, outputs }: Omit<Item, "index">): string[] {
    // A certificate or an API's own name is for a name, and does not answer to it.
    const own = /^aws:(?:acm|apigateway|apigatewayv2)\//.test(type);
    const naming = NAMING_OUTPUTS.filter((key) => !own || key !== "domainName");
    const names = naming.flatMap((key) => textOf(outputs[key]) ?? []);
    const configuration = outputs["domainNameConfiguration"];
    const target = isRecord(configuration) ? textOf(configuration["targetDomainName"]) : undefined;
    return [id, ...names, target ?? ""]
        .filter((name) => name !== "")
        .map((name) => name.replace(/^https?:\/\//, ""));
}

function typeAndName(type: string, name: string, region: string | undefined): string {
    return `${type} ${region ?? ""} ${name}`;
}
