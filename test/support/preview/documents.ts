import {
    type Diagnostic,
    type PreviewDocument,
    type PreviewError,
    type ResourceState,
    type StackPreview,
    type Step,
    type StepOp,
} from "../../../tools/preview/types";
import { createUrn } from "../../../tools/preview/urn";

/** A resource of a fixture: type, name, and the URN of the parent. */
export interface Row {
    readonly type: string;
    readonly name: string;
    readonly parent?: string;
    readonly custom?: boolean;
    readonly op?: StepOp;
    readonly inputs?: Record<string, unknown>;
    readonly outputs?: Record<string, unknown>;
    readonly protect?: boolean;
}

/** A stack's preview with these resources under its stack resource. */
export function stackPreview(
    stack: string,
    rows: readonly Row[],
    rest: {
        readonly outputs?: Record<string, unknown>;
        readonly config?: Record<string, string>;
        readonly diagnostics?: readonly Diagnostic[];
        readonly error?: PreviewError;
    } = {},
): StackPreview {
    const root = createUrn(stack, "meridian", undefined, "pulumi:pulumi:Stack", `meridian-${stack}`);
    const steps: Step[] = [
        step(root, { type: "pulumi:pulumi:Stack", name: `meridian-${stack}`, custom: false }),
    ];
    for (const row of rows) {
        const parent = row.parent ?? root;
        steps.push(step(urn(stack, row, row.parent), { ...row, parent }));
    }
    const create = steps.filter(({ op }) => op === "create").length;
    const read = steps.length - create;
    return {
        stack,
        config: rest.config ?? {},
        steps,
        outputs: rest.outputs ?? {},
        changeSummary: read > 0 ? { create, read } : { create },
        diagnostics: rest.diagnostics ?? [],
        invokes: [],
        ...(rest.error === undefined ? {} : { error: rest.error }),
    };
}

/** The URN that {@link stackPreview} gives a row. */
export function urn(stack: string, row: Row, parent?: string): string {
    return createUrn(stack, "meridian", parent, row.type, row.name);
}

export function documentOf(...stacks: readonly StackPreview[]): PreviewDocument {
    return {
        stacks: Object.fromEntries(stacks.map((preview) => [preview.stack, preview])),
        policies: [],
        cost: {},
    };
}

const vpc: Row = { type: "meridian:index:Vpc3Tier", name: "shop-vpc", custom: false };
const network: Row = {
    type: "awsx:ec2:Vpc",
    name: "shop-vpc-network",
    custom: false,
    parent: urn("prod-us", vpc),
};

/** Two levels of components, a resource that is read, outputs of every kind. */
export const regionStack: StackPreview = stackPreview(
    "prod-us",
    [
        { type: "pulumi:providers:aws", name: "aws" },
        vpc,
        network,
        {
            type: "aws:ec2/vpc:Vpc",
            name: "shop-vpc-network",
            parent: urn("prod-us", network, network.parent),
        },
        {
            type: "aws:ec2/subnet:Subnet",
            name: "shop-vpc-network-web-1",
            parent: urn("prod-us", network, network.parent),
        },
        {
            type: "aws:ec2/subnet:Subnet",
            name: "shop-vpc-network-web-2",
            parent: urn("prod-us", network, network.parent),
        },
        { type: "aws:ec2/flowLog:FlowLog", name: "shop-vpc-flow-log", parent: urn("prod-us", vpc) },
        { type: "aws:route53/zone:Zone", name: "zone", op: "read" },
    ],
    {
        config: { "meridian:accountId": "111122223333", "meridian:token": "[secret]" },
        outputs: {
            vpcId: "vpc-0a1b2c3d4e5f60718",
            zones: ["us-east-1a", "us-east-1b"],
            token: "[secret]",
            ports: { web: 8443, none: [] },
        },
    },
);

function state(urnOf: string, row: Row): ResourceState {
    return {
        urn: urnOf,
        type: row.type,
        custom: row.custom ?? true,
        ...(row.parent === undefined ? {} : { parent: row.parent }),
        dependencies: [],
        propertyDependencies: {},
        protect: row.protect ?? false,
        ignoreChanges: [],
        inputs: row.inputs ?? {},
        outputs: row.outputs ?? {},
    };
}

function step(urnOf: string, row: Row): Step {
    return { op: row.op ?? "create", urn: urnOf, newState: state(urnOf, row) };
}
