import {
    architectureOf,
    FIRST_UNPRIVILEGED_PORT,
    isPinned,
    MAX_INSTANCE_TYPES,
    MIN_SPOT_TYPES,
    parseImageReference,
    TAKEN_PORTS as AGENT_PORTS,
} from "../../components/compute";
import { isPort } from "../../components/shared/validation";
import { isSingleRegion } from "../catalogue";
import { otherSizesOf } from "../instanceSizes";
import { check, checkEach, checkRange, type RuleContext, soundValue } from "./rule";

/** A guard against a slip of the keyboard that would cost a month's budget in a night. */
const INSTANCES_MAX = 500;

// What the balancer reaches the instance on, and what its CloudWatch agent listens on for traces.
const TAKEN_PORTS: readonly number[] = [8443, ...AGENT_PORTS];

/** The images, sizes and instance types of the web and the API tier. */
export function fleetRules(context: RuleContext): void {
    tierRules(context, "web");
    tierRules(context, "api");
    checkRange(context, "webTargetRequestsPerInstance", 1, 1_000_000);
}

function tierRules(context: RuleContext, tier: "web" | "api"): void {
    check(
        context,
        `${tier}Image`,
        isPinnedImage,
        "a container image with a version, such as ghcr.io/example/shop:1.4.2 or one with @sha256: and 64 digits, " +
            "and not :latest, which may differ from instance to instance",
    );
    check(
        context,
        `${tier}ContainerPort`,
        (port) => isPort(port) && port >= FIRST_UNPRIVILEGED_PORT && !TAKEN_PORTS.includes(port),
        `a port from ${FIRST_UNPRIVILEGED_PORT} to 65535 but ${TAKEN_PORTS.join(", ")}, which the instance uses itself`,
    );
    checkRange(context, `${tier}TargetCpuPercent`, 10, 90);
    sizeRules(context, tier);
    typeRules(context, tier);
}

function sizeRules(context: RuleContext, tier: "web" | "api"): void {
    const { problems, values } = context;
    // One instance would fall with its zone. An environment of one region has settled for being away at times.
    const fewest = isSingleRegion(context.catalogue) ? 1 : 2;
    checkRange(context, `${tier}MinSize`, fewest, INSTANCES_MAX);
    problems.check(
        values[`${tier}MinSize`] !== INSTANCES_MAX,
        `${tier}MinSize`,
        INSTANCES_MAX,
        `${fewest} to ${INSTANCES_MAX - 1}, because ${problems.fileKey(`${tier}MaxSize`)} is more than that and at most ${INSTANCES_MAX}`,
    );
    const min = soundValue(context, `${tier}MinSize`, fewest, INSTANCES_MAX - 1);
    const max = soundValue(context, `${tier}MaxSize`, fewest + 1, INSTANCES_MAX);
    check(
        context,
        `${tier}MaxSize`,
        (value) => value > (min ?? fewest) && value <= INSTANCES_MAX,
        min === undefined
            ? `${fewest + 1} to ${INSTANCES_MAX}`
            : `more than ${min} (${problems.fileKey(`${tier}MinSize`)}), or there is nothing to scale, and at most ${INSTANCES_MAX}`,
    );
    check(
        context,
        `${tier}OnDemandBaseCapacity`,
        (value) => value >= 0 && value <= (max ?? INSTANCES_MAX),
        max === undefined ? `0 to ${INSTANCES_MAX}` : `0 to ${max} (${problems.fileKey(`${tier}MaxSize`)})`,
    );
}

function typeRules(context: RuleContext, tier: "web" | "api"): void {
    const { problems, values } = context;
    const key = `${tier}InstanceTypes` as const;
    const types = values[key];
    if (types === undefined) {
        return;
    }
    const spot = (values[`${tier}MaxSize`] ?? 0) > (values[`${tier}OnDemandBaseCapacity`] ?? 0);
    const least = spot ? MIN_SPOT_TYPES : 1;
    const fits = problems.check(
        types.length >= least && types.length <= MAX_INSTANCE_TYPES,
        key,
        types,
        `${least} to ${MAX_INSTANCE_TYPES} instance types${spot ? ", since what is above the on-demand base is Spot" : ""}`,
    );
    checkEach(
        context,
        key,
        (type) => architectureOf(type) !== undefined,
        "an EC2 instance type, such as t4g.small",
    );
    if (fits) {
        sizesRule(context, key, types);
    }

    const architectures = new Map(types.map((type) => [type, architectureOf(type)]));
    const found = new Set([...architectures.values()].filter((architecture) => architecture !== undefined));
    const named = [...architectures].map(([type, architecture]) => `${type} is ${architecture ?? "unknown"}`);
    problems.check(
        found.size <= 1,
        key,
        types,
        "types of one architecture, because they start from one image",
        `Of these, ${named.join(", ")}`,
    );
}

/** A type of a size that its family has not is refused by EC2 only when the group is made. */
function sizesRule(
    { problems }: RuleContext,
    key: "webInstanceTypes" | "apiInstanceTypes",
    types: readonly string[],
): void {
    const strange = types.filter(
        (type) => architectureOf(type) !== undefined && otherSizesOf(type) !== undefined,
    );
    for (const family of new Set(strange.map((type) => type.split(".")[0] ?? ""))) {
        const of = strange.filter((type) => type.startsWith(`${family}.`));
        const sizes = otherSizesOf(of[0] ?? "")?.sizes ?? [];
        problems.addOf(
            key,
            `${problems.subject(key)} has ${of.join(", ")}; allowed: the sizes of ${family} that EC2 has, which are ` +
                sizes.join(", "),
        );
    }
}

function isPinnedImage(text: string): boolean {
    const image = parseImageReference(text);
    return image !== undefined && isPinned(image);
}
