/** Holds what the engine has in its state after an update against what the offline preview says of the same stack. */
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { AWSX_VPC } from "../../../tools/preview/awsx/vpc";
import { type Properties } from "../../../tools/preview/types";
import { ARCHIVE, ASSET, masked, SECRET, SIGNATURE } from "../../../tools/preview/values";

const ROOT = path.resolve(__dirname, "../../..");

/** A resource as the engine's state and the preview's document both describe it. */
export interface ComparedResource {
    readonly urn: string;
    readonly type: string;
    readonly custom?: boolean;
    readonly parent?: string;
    readonly provider?: string;
    readonly protect?: boolean;
    readonly retainOnDelete?: boolean;
    readonly deletedWith?: string;
    readonly dependencies?: readonly string[];
    readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
    readonly additionalSecretOutputs?: readonly string[];
    readonly inputs?: Properties;
}

interface Document {
    readonly stacks: Readonly<
        Record<
            string,
            {
                readonly steps: readonly { readonly newState: ComparedResource }[];
                readonly changeSummary: Readonly<Record<string, number>>;
            }
        >
    >;
}

/** A stack as the offline preview shows it. */
export interface OfflineStack {
    readonly resources: readonly ComparedResource[];
    /** How many resources it says that are created. */
    readonly created: number;
}

/** What the offline preview says of stacks, by a process of its own: it works on the SDK that the engine needs whole. */
export function offlinePreview(
    stacks: readonly string[],
    {
        config = {},
        system,
    }: {
        /** Values of the project's own keys, before those of the stacks' files. */
        readonly config?: Readonly<Record<string, string>>;
        /** A system in `examples/`. */
        readonly system?: string;
    } = {},
): ReadonlyMap<string, OfflineStack> {
    const project = [
        ...(system === undefined ? [] : ["--cwd", path.join("examples", system)]),
        ...Object.entries(config).flatMap(([key, value]) => ["--config", `${key}=${value}`]),
    ];
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        ["--import=tsx", "tools/preview/index.ts", "--json", "--no-policies", ...project, ...stacks],
        { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 28 },
    );
    if (status !== 0) {
        throw new Error(`the offline preview ended with ${String(status)}: ${stderr}`);
    }
    const document = JSON.parse(stdout) as Document;
    return new Map(
        Object.entries(document.stacks).map(([name, { changeSummary, steps }]) => [
            name,
            {
                resources: steps.map(({ newState }) => asRegistered(newState)),
                created: changeSummary["create"] ?? 0,
            },
        ]),
    );
}

/** The preview shows with what a program asks for awsx's component; the plugin of 3.9 registers it without inputs. */
export function asRegistered(state: ComparedResource): ComparedResource {
    return state.type === AWSX_VPC ? { ...state, inputs: {} } : state;
}

/**
 * Notes of the engine and the SDK in an asset or an archive, and where a file is: an asset is what its hash says. An
 * archive is what is in it, since the two hash it in ways of their own.
 */
const NOTES: Readonly<Record<string, readonly string[]>> = {
    [ASSET]: ["__pulumiAsset", "path", "text"],
    [ARCHIVE]: ["__pulumiArchive", "hash", "path"],
};

/** The engine writes the text of what is secret beside its mark. */
function unencrypted(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(unencrypted);
    }
    if (typeof value !== "object" || value === null) {
        return value;
    }
    const record = value as Record<string, unknown>;
    if (record[SIGNATURE] === SECRET && typeof record["plaintext"] === "string") {
        return { [SIGNATURE]: SECRET, value: JSON.parse(record["plaintext"]) as unknown };
    }
    const notes = NOTES[String(record[SIGNATURE])] ?? [];
    return Object.fromEntries(
        Object.entries(record)
            .filter(([key]) => !notes.includes(key))
            .map(([key, inner]) => [key, unencrypted(inner)]),
    );
}

function sorted(urns: readonly string[] | null | undefined): string[] {
    return [...new Set(urns ?? [])].sort();
}

/** A resource in a form in which only what matters can differ. */
function comparable(resource: ComparedResource): Properties {
    const { provider = "" } = resource;
    const inputs = masked(unencrypted(resource.inputs ?? {}) as Properties);
    // Notes of the engine begin with two underscores.
    const own = Object.entries(inputs).filter(([key]) => !key.startsWith("__"));
    return {
        type: resource.type,
        custom: resource.custom ?? false,
        parent: resource.parent ?? "",
        // References to stacks are answered by the engine itself, which notes a provider of its own for them.
        provider: provider.includes("::pulumi:providers:pulumi::")
            ? ""
            : provider.slice(0, Math.max(provider.lastIndexOf("::"), 0)),
        protect: resource.protect ?? false,
        retainOnDelete: resource.retainOnDelete ?? false,
        deletedWith: resource.deletedWith ?? "",
        dependencies: sorted(resource.dependencies),
        propertyDependencies: Object.fromEntries(
            Object.entries(resource.propertyDependencies ?? {})
                .map(([key, urns]) => [key, sorted(urns)] as const)
                .filter(([, urns]) => urns.length > 0),
        ),
        additionalSecretOutputs: sorted(resource.additionalSecretOutputs),
        ...Object.fromEntries(own.map(([key, value]) => [`inputs.${key}`, value])),
    };
}

/**
 * What takes an output of `awsx.ec2.Vpc` waits for, beside the component itself, its VPC and every one of its subnets: as
 * it was seen in the engine's state after an update with the plugin itself. Whichever output it takes, the plugin makes
 * all of them of one value.
 */
const TAKES_VPC_OUTPUT: readonly (readonly [type: string, property: string, also?: string])[] = [
    ["aws:ec2/securityGroup:SecurityGroup", "vpcId"],
    ["aws:ec2/networkAcl:NetworkAcl", "subnetIds"],
    ["aws:lb/loadBalancer:LoadBalancer", "subnets"],
    ["aws:rds/subnetGroup:SubnetGroup", "subnetIds"],
    ["aws:ec2/vpcEndpoint:VpcEndpoint", "routeTableIds", "aws:ec2/routeTable:RouteTable"],
];

/** What of a region's stack does not wait for what the plugin was seen to make it wait for, a line each. */
export function lackingVpcDependencies(resources: readonly ComparedResource[]): readonly string[] {
    const within = (type: string): string[] =>
        resources
            .filter(({ urn }) => urn.includes(`::${AWSX_VPC}$`) || urn.includes(`$${AWSX_VPC}$`))
            .flatMap((resource) => (resource.type === type ? [resource.urn] : []));
    const component = resources.flatMap(({ type, urn }) => (type === AWSX_VPC ? [urn] : []));
    const all = [...component, ...within("aws:ec2/vpc:Vpc"), ...within("aws:ec2/subnet:Subnet")];
    return TAKES_VPC_OUTPUT.flatMap(([type, property, also]) => {
        const awaited = also === undefined ? all : [...all, ...within(also)];
        const takers = resources.filter(
            (resource) => resource.type === type && resource.inputs?.[property] !== undefined,
        );
        return takers.length === 0
            ? [`no ${type} has ${property}`]
            : takers.flatMap(({ propertyDependencies, urn }) => {
                  const has = new Set(propertyDependencies?.[property]);
                  return awaited
                      .filter((other) => !has.has(other))
                      .map((other) => `${urn} ${property} does not wait for ${other}`);
              });
    });
}

/** Providers that the engine makes by itself: they are no resources to it, and the preview shows one where a program uses it. */
const DEFAULT_PROVIDER = /::pulumi:providers:\w+::default(?:_|$)/;

function byUrn(resources: readonly ComparedResource[]): Map<string, ComparedResource> {
    const own = resources.filter(({ urn }) => !DEFAULT_PROVIDER.test(urn));
    return new Map(own.map((resource) => [resource.urn, resource]));
}

/** Where the two differ, a line each. */
export function differences(
    engine: readonly ComparedResource[],
    preview: readonly ComparedResource[],
): readonly string[] {
    const inEngine = byUrn(engine);
    const inPreview = byUrn(preview);
    const lines: string[] = [];
    for (const urn of new Set([...inEngine.keys(), ...inPreview.keys()])) {
        const [one, other] = [inEngine.get(urn), inPreview.get(urn)];
        if (one === undefined || other === undefined) {
            lines.push(`${urn} is only in the ${one === undefined ? "preview" : "engine"}`);
            continue;
        }
        const [left, right] = [comparable(one), comparable(other)];
        for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
            if (!isDeepStrictEqual(left[key], right[key])) {
                lines.push(
                    `${urn} ${key}: engine ${JSON.stringify(left[key])}, preview ${JSON.stringify(right[key])}`,
                );
            }
        }
    }
    return lines;
}
