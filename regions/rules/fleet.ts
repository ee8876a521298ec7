import { isPinned, parseImageReference } from "../../components/imageReference";
import { architectureOf } from "../../components/instanceTypes";
import { isPort } from "../../components/validation";
import { isSingleRegion } from "../catalogue";
import { check, checkEach, checkRange, type RuleContext } from "./rule";

/** More pools make it likelier that one has Spot capacity left; with fewer, one shortage empties the fleet. */
const SPOT_TYPES_MIN = 3;

/** The longest list that a mixed instances policy takes. Source: EC2 Auto Scaling User Guide, "Quotas". */
const TYPES_MAX = 40;

/** A guard against a slip of the keyboard that would cost a month's budget in a night. */
const INSTANCES_MAX = 500;

// What the balancer reaches the instance on, and what its CloudWatch agent listens on for traces.
const TAKEN_PORTS: readonly number[] = [8443, 2000, 4317, 4318];

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
        (port) => isPort(port) && port >= 1024 && !TAKEN_PORTS.includes(port),
        `a port from 1024 to 65535 but ${TAKEN_PORTS.join(", ")}, which the instance uses itself`,
    );
    checkRange(context, `${tier}TargetCpuPercent`, 10, 90);
    sizeRules(context, tier);
    typeRules(context, tier);
}

function sizeRules(context: RuleContext, tier: "web" | "api"): void {
    const { problems, values } = context;
    // One instance would fall with its zone. An environment of one region has settled for being away at times.
    checkRange(context, `${tier}MinSize`, isSingleRegion(context.catalogue) ? 1 : 2, INSTANCES_MAX);
    const min = values[`${tier}MinSize`] ?? 2;
    const max = values[`${tier}MaxSize`] ?? INSTANCES_MAX;
    check(
        context,
        `${tier}MaxSize`,
        (value) => value > min && value <= INSTANCES_MAX,
        `more than ${min} (${problems.fileKey(`${tier}MinSize`)}), or there is nothing to scale, and at most ${INSTANCES_MAX}`,
    );
    check(
        context,
        `${tier}OnDemandBaseCapacity`,
        (value) => value >= 0 && value <= max,
        `0 to ${max} (${problems.fileKey(`${tier}MaxSize`)})`,
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
    const least = spot ? SPOT_TYPES_MIN : 1;
    problems.check(
        types.length >= least && types.length <= TYPES_MAX,
        key,
        types,
        `${least} to ${TYPES_MAX} instance types${spot ? ", since what is above the on-demand base is Spot" : ""}`,
    );
    checkEach(
        context,
        key,
        (type) => architectureOf(type) !== undefined,
        "an EC2 instance type, such as t4g.small",
    );

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

function isPinnedImage(text: string): boolean {
    const image = parseImageReference(text);
    return image !== undefined && isPinned(image);
}
