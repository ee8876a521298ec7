/**
 * Mutants: what a file of mutation tests of the policy packs is written in.
 *
 * Files are named `test/policies/<pack>.mutations.ts` or `test/policies/<pack>/<any name>.mutations.ts`. Each
 * exports a list, and nothing has to be registered:
 *
 * ```typescript
 * import { UNKNOWN, type Mutant } from "../mutation";
 *
 * export const mutants: readonly Mutant[] = [
 *     {
 *         rule: "s3-bucket-versioning",
 *         title: "versioning is suspended",
 *         change: (stack) => {
 *             const versioning = stack.find("aws:s3/bucketVersioning:BucketVersioning", /assets/);
 *             stack.set(versioning, "versioningConfiguration.status", "Suspended");
 *         },
 *         message: /versioning that is not enabled/,
 *     },
 *     {
 *         rule: "ec2-subnet-public-ip",
 *         title: "a subnet that assigns public addresses",
 *         fixture: [
 *             { type: "aws:ec2/vpc:Vpc", name: "lone", inputs: { cidrBlock: "10.99.0.0/16" } },
 *             {
 *                 type: "aws:ec2/subnet:Subnet",
 *                 name: "lone",
 *                 inputs: { vpcId: refTo("aws:ec2/vpc:Vpc", "lone"), mapPublicIpOnLaunch: false },
 *             },
 *         ],
 *         change: (stack) => {
 *             stack.set(stack.find("aws:ec2/subnet:Subnet", "lone"), "mapPublicIpOnLaunch", true);
 *         },
 *     },
 * ];
 * ```
 *
 * A file may also export `accepted`: changes under which a rule must stay silent (exceptions, neighbouring values).
 *
 * For each mutant the tests show that
 * 1. the rule does not fire before the change (a fixture breaks no rule of the pack either);
 * 2. after it exactly the rule fires, with `alsoFires`, and nothing else in the pack does;
 * 3. with values unknown at preview (every leaf, and then every whole property, of what was changed, removed or
 *    reported; relations kept) the rule does not crash, says that it is undecided, and fails with
 *    `unknowns: "fail-closed"`. A rule that looks at presence, relations or options alone says
 *    `decidedBy: "relations"`: it must then find the mutant, and nothing else, in spite of the unknown values. One
 *    that looks at which nested properties are there, whatever they hold, says `decidedBy: "structure"`: it must find
 *    the mutant or be undecided, and find nothing before the change.
 * 4. where the rule has a remediation, it mends the mutant, changes nothing that is fine, and loses nothing.
 *
 * The stacks are this project's, as the offline preview makes them: values that a real preview does not know (ids,
 * ARNs, whole JSON policies made of them) are `UNKNOWN`, and reading them throws in a rule. Look at them with
 * `npm run test:policies -- --show prod-us aws:s3/bucket:Bucket`.
 *
 * Run: `npm run test:policies` (all), `npm run test:policies -- security-baseline` (a pack),
 * `npm run test:policies -- security-baseline s3-` (the rules of a pack whose names begin so), and
 * `npm run test:policies -- --compliance [pack]` (what the rules say about the unmutated stacks).
 */
import { type Properties } from "../../../tools/preview/types";

export { UNKNOWN } from "../../../tools/preview/values";

/** The stacks that mutants start from. */
export const STACK_NAMES = ["prod-us", "prod-eu", "prod-global"] as const;
export type StackName = (typeof STACK_NAMES)[number];

/** The resource options that the analyzer protocol carries. */
export interface Options {
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    readonly additionalSecretOutputs: readonly string[];
    readonly aliases: readonly string[];
    readonly deleteBeforeReplace?: boolean;
}

/** A resource of a stack. Change it through {@link MutableStack} alone. */
export interface MutableResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly custom: boolean;
    /** URN. */
    readonly parent?: string;
    /** URN. */
    readonly provider?: string;
    /** As a real preview sees them: `UNKNOWN` for what is not known yet, secrets wrapped. */
    readonly inputs: Properties;
    readonly outputs: Properties;
    readonly options: Options;
    /** URNs. */
    readonly dependencies: readonly string[];
    /** URNs by input property. */
    readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** Stands in a fixture's inputs for the id of another resource, which a preview does not know. */
export interface Reference {
    readonly reference: { readonly type: string; readonly name: string };
}

/** The id (or ARN, or any other output) of the resource of this type and name, unknown as in a preview. */
export function refTo(type: string, name: string): Reference {
    return { reference: { type, name } };
}

/** A resource to add to a stack. */
export interface FixtureResource {
    readonly type: string;
    readonly name: string;
    /** Values, in which {@link refTo} makes a relation. */
    readonly inputs: Properties;
    /** Outputs besides the inputs and what the provider computes, which is unknown. */
    readonly outputs?: Properties;
    /** False for a component. Left out: true. */
    readonly custom?: boolean;
    /** Left out: the stack. */
    readonly parent?: MutableResource;
    /** Left out: the stack's AWS provider, for AWS resources. */
    readonly provider?: MutableResource;
    readonly options?: Partial<Options>;
    /** Whether it lacks the options that a rule asks of every resource of its type, and that others get. */
    readonly bare?: true;
}

/** `a.b[0].c`, or the steps themselves where a key has dots. */
export type PropertyPath = string | readonly (string | number)[];

/** A stack to change. */
export interface MutableStack {
    readonly stack: StackName;
    readonly resources: readonly MutableResource[];
    /**
     * The resource of a type with this logical name.
     *
     * @param name The name, or a pattern for it; left out: the first one of the type.
     * @throws Error when there is none.
     */
    find(type: string, name?: string | RegExp): MutableResource;
    /** All resources of the types. */
    all(...types: readonly string[]): readonly MutableResource[];
    /** Sets an input (and the output of the same name). A top-level property loses its relations. */
    set(resource: MutableResource, path: PropertyPath, value: unknown): void;
    /**
     * Takes an input away, and the output of the same name, unless it is one that the provider computes then. A
     * top-level property loses its relations.
     */
    unset(resource: MutableResource, path: PropertyPath): void;
    /** Lets a property be the id of another resource, or the list of several: unknown, with relations. */
    refer(resource: MutableResource, path: PropertyPath, ...targets: readonly MutableResource[]): void;
    /** Adds relations of a property without changing its value. */
    relate(resource: MutableResource, property: string, ...targets: readonly MutableResource[]): void;
    setOptions(resource: MutableResource, options: Partial<Options>): void;
    /** Gives the resource another provider: one of the stack's, or one that was added. */
    setProvider(resource: MutableResource, provider: MutableResource): void;
    /** Gives the resource another logical name. Its relations hold. @returns The renamed resource. */
    rename(resource: MutableResource, name: string): MutableResource;
    /** Takes the resource and its children away. */
    remove(resource: MutableResource): void;
    add(resource: FixtureResource): MutableResource;
}

interface Case {
    /** The rule's id. */
    readonly rule: string;
    /** What is changed, in a few words; unique for the rule. */
    readonly title: string;
    /** Left out: `prod-us`. */
    readonly stack?: StackName;
    /**
     * Whether to judge the stack with values made up for what a preview does not know, as the offline preview does the
     * second time. For what only identifiers tell, such as which of a network's subnets something is in.
     */
    readonly assumed?: boolean;
    /** Added to the stack first. It must break no rule of the pack. */
    readonly fixture?: readonly FixtureResource[];
    /** The rule's configuration, where its defaults do not do. */
    readonly config?: Readonly<Record<string, unknown>>;
    readonly change: (stack: MutableStack) => void;
}

/** One change that a rule must catch. */
export interface Mutant extends Case {
    /** Other rules of the pack that must fire on the same change. */
    readonly alsoFires?: readonly string[];
    /** What the violation must say. */
    readonly message?: string | RegExp;
    /** For rules with a remediation: why it cannot mend this one. Left out: the tests show that it does. */
    readonly beyondRemedy?: string;
    /** Left out: `values`. See above. */
    readonly decidedBy?: "values" | "relations" | "structure";
    /** Where unknown values come from. Left out: from another resource, as in a real preview. */
    readonly unknownsFrom?: "nowhere";
}

/** One change that a rule must accept. */
export type Accepted = Case;

/** One change to several stacks that a rule about stacks together must catch, in `cross-stack.mutations.ts`. */
export interface StacksMutant extends Omit<
    Mutant,
    "stack" | "fixture" | "change" | "beyondRemedy" | "decidedBy" | "unknownsFrom"
> {
    readonly decidedBy?: "values" | "relations";
    readonly change: (stacks: Readonly<Record<StackName, MutableStack>>) => void;
}

/** One change to several stacks that a rule about stacks together must accept. */
export type AcceptedStacks = Pick<StacksMutant, "rule" | "title" | "config" | "change">;
