/** Makes the target as strong as the region that it takes over from, and the other one weaker afterwards. */
import { type Capacity, type Fleet } from "../aws/ports";
import { DrillError } from "../errors";
import { insist } from "../engine/insist";
import { type Context, type Step } from "../engine/step";
import { waitInStep } from "../engine/wait";
import { type RegionTopology } from "../topology/types";
import { ASKS } from "./asks";
import { type ChangeRequest, regionsOf } from "./roles";
import { clusterOf } from "./state";

/** How the target's strength is found. */
export interface Strength extends ChangeRequest {
    /**
     * Whether the region that writes now may be asked. When it is lost it may not, and what the target lacks in strength
     * is a warning: it has been promoted by then.
     */
    readonly asksSource: boolean;
    /** Whether what fails is a warning all the same. */
    readonly aside?: boolean;
}

/** What to do when AWS does not take a change up. */
const NOT_TAKEN_UP =
    "Look at its events in the console. Run the same command again to go on, or with --rollback.";

/** Raises the floor of the target's database to the writer's. */
export function scaleTargetDatabase(request: Strength): Step {
    const { target } = regionsOf(request);
    const fact = `${request.scope}target-capacity`;
    return {
        id: `${request.scope}scale-target-database`,
        title: `Raise the floor of ${target.key}'s database`,
        kind: "change",
        why:
            "A standby idles at a low floor to save money. Raised to the writer's before it writes, it need not grow " +
            "under the first minute's load.",
        byHand:
            `aws rds modify-db-cluster --region ${target.region} --db-cluster-identifier ${target.clusterIdentifier} ` +
            "--serverless-v2-scaling-configuration MinCapacity=<the writer's>,MaxCapacity=<as it is> --apply-immediately",
        timeoutSeconds: 600,
        aside: request.aside ?? !request.asksSource,
        asks: ASKS.scaleTargetDatabase,
        describe: async (context) => {
            const { after, before } = await plannedCapacity(context, request);
            return before === undefined
                ? `${target.clusterIdentifier} is not Serverless v2: nothing to raise`
                : `from ${before.min} to ${after.min} ACU`;
        },
        isDone: async (context) => {
            const { after, before } = await plannedCapacity(context, request);
            return before === undefined || before.min >= after.min;
        },
        run: async (context) => {
            const { after, before } = await plannedCapacity(context, request);
            if (before !== undefined) {
                await context.facts.remember(fact, () => Promise.resolve(before));
                await setCapacity(context, target, after);
            }
            await waitUntilAvailable(context, target, after.min);
            return `${target.key}'s floor is ${after.min} ACU`;
        },
        undo: {
            title: `lower ${target.key}'s floor to what it was`,
            run: async (context) => {
                const before = context.facts.get(fact) as Capacity | undefined;
                if (before !== undefined) {
                    await setCapacity(context, target, before);
                }
            },
        },
    };
}

function setCapacity(context: Context, region: RegionTopology, capacity: Capacity): Promise<void> {
    const { clusterIdentifier } = region;
    return insist(context, { what: `the floor of ${clusterIdentifier}`, hint: NOT_TAKEN_UP }, () =>
        context.aws.in(region.region).database.setCapacity(clusterIdentifier, capacity),
    );
}

async function plannedCapacity(
    context: Context,
    request: Strength,
): Promise<{ readonly before?: Capacity; readonly after: Capacity }> {
    const { source, target } = regionsOf(request);
    const { capacity } = context.topology;
    const before = (await clusterOf(context, target)).capacity;
    const wanted = request.asksSource
        ? ((await clusterOf(context, source)).capacity?.min ?? capacity.writerMin)
        : capacity.writerMin;
    const max = before?.max ?? capacity.max;
    const after = { min: Math.min(Math.max(wanted, before?.min ?? 0), max), max };
    return before === undefined ? { after } : { before, after };
}

async function waitUntilAvailable(context: Context, region: RegionTopology, min: number): Promise<void> {
    await waitInStep(context, {
        what: `${region.clusterIdentifier} to be available with a floor of ${min} ACU`,
        hint: "Look at the cluster's events in the RDS console; run the same command again to go on, or with --rollback.",
        look: async () => {
            const { capacity, status } = await clusterOf(context, region);
            const isReady = status === "available" && (capacity === undefined || capacity.min >= min);
            return isReady
                ? { done: true, value: undefined }
                : { done: false, seen: `${status}, ${capacity?.min ?? "no"} ACU` };
        },
    });
}

interface FleetPlan {
    readonly name: string;
    readonly before: { readonly min: number; readonly desired: number };
    readonly after: { readonly min: number; readonly desired: number };
}

/** Raises the target's fleets: to the other region's strength, or, when that is lost, to carry its users too. */
export function scaleTargetFleets(request: Strength): Step {
    const { source, target } = regionsOf(request);
    const fact = `${request.scope}target-fleets`;
    const plans = (context: Context): Promise<FleetPlan[]> => plannedFleets(context, request, fact);
    return {
        id: `${request.scope}scale-target-fleets`,
        title: `Scale ${target.key}'s fleets up`,
        kind: "change",
        why: request.asksSource
            ? "The region that writes should have at least the instances of the one that wrote."
            : "The users of the region that is lost arrive here within a minute; scaling on load alone would lag behind.",
        byHand:
            `aws autoscaling update-auto-scaling-group --region ${target.region} ` +
            "--auto-scaling-group-name <group> --min-size <n> --desired-capacity <n>",
        timeoutSeconds: 120,
        aside: request.aside ?? !request.asksSource,
        asks: ASKS.scaleTargetFleets,
        describe: async (context) =>
            (await plans(context))
                .map(
                    ({ after, before, name }) =>
                        `${name} from ${before.desired} (at least ${before.min}) to ${after.desired} (at least ${after.min})`,
                )
                .join(", "),
        isDone: async (context) => {
            const { fleets } = context.aws.in(target.region);
            for (const { after, name } of await plans(context)) {
                const fleet = await fleets.fleet(name);
                if (fleet === undefined || fleet.min < after.min || fleet.desired < after.desired) {
                    return false;
                }
            }
            return true;
        },
        run: async (context) => {
            const planned = await context.facts.remember(fact, () => plans(context));
            for (const { after, name } of planned) {
                await resize(context, target, name, after);
            }
            return planned.map(({ after, name }) => `${name} to ${after.desired}`).join(", ");
        },
        undo: {
            title: `scale ${target.key}'s fleets as they were`,
            run: async (context) => {
                const planned = context.facts.get(fact) as FleetPlan[] | undefined;
                for (const { before, name } of planned ?? []) {
                    await resize(context, target, name, before);
                }
            },
        },
    };

    async function plannedFleets(context: Context, strength: Strength, key: string): Promise<FleetPlan[]> {
        const known = context.facts.get(key) as FleetPlan[] | undefined;
        if (known !== undefined) {
            return known;
        }
        return Promise.all(
            (["web", "api"] as const).map(async (tier) => {
                const own = await fleetOf(context, target, tier);
                const other = strength.asksSource ? await fleetOf(context, source, tier) : undefined;
                // Twice its own: regions share users by where these are, and now it has the other one's as well.
                const desired = Math.min(Math.max(own.desired, other?.desired ?? 2 * own.desired), own.max);
                const min = Math.min(Math.max(own.min, other?.min ?? 0), own.max);
                return {
                    name: own.name,
                    before: { min: own.min, desired: own.desired },
                    after: { min, desired: Math.max(desired, min) },
                };
            }),
        );
    }
}

function resize(
    context: Context,
    { region }: RegionTopology,
    name: string,
    size: FleetPlan["after"],
): Promise<void> {
    return insist(context, { what: `the size of ${name}`, hint: NOT_TAKEN_UP }, () =>
        context.aws.in(region).fleets.resize(name, size),
    );
}

async function fleetOf({ aws }: Context, region: RegionTopology, tier: "api" | "web"): Promise<Fleet> {
    const name = region.autoScalingGroups[tier];
    const found = await aws.in(region.region).fleets.fleet(name);
    if (found === undefined) {
        throw new DrillError(`there is no Auto Scaling group ${name} in ${region.region}`);
    }
    return found;
}

/** Waits until the target's fleets have the instances that they should have. */
export function waitForFleets(request: Strength): Step {
    const { target } = regionsOf(request);
    return {
        id: `${request.scope}wait-fleets`,
        title: `Wait for ${target.key}'s instances`,
        kind: "wait",
        why: "An instance helps once it is in service and healthy.",
        byHand: `aws autoscaling describe-auto-scaling-groups --region ${target.region} --auto-scaling-group-names <group>`,
        timeoutSeconds: 900,
        aside: request.aside ?? !request.asksSource,
        asks: ASKS.waitForFleets,
        describe: () => `until ${target.key}'s groups have in service what they should have`,
        run: (context) =>
            waitInStep(context, {
                what: `the instances of ${Object.values(target.autoScalingGroups).join(" and ")} to be in service`,
                hint:
                    "Look at the groups' scaling activities: a lack of capacity, a quota or a failing health check is " +
                    "named there. Run the same command again to go on.",
                look: async () => {
                    const fleets = await Promise.all(
                        (["web", "api"] as const).map((tier) => fleetOf(context, target, tier)),
                    );
                    const text = fleets
                        .map(({ desired, inService, name }) => `${name} ${inService} of ${desired}`)
                        .join(", ");
                    return fleets.every(({ desired, inService }) => inService >= desired)
                        ? { done: true, value: text }
                        : { done: false, seen: text };
                },
            }),
    };
}

/** Lowers the floor of the database that wrote before to a standby's. */
export function scaleOtherDown(request: ChangeRequest): Step {
    const { source, target } = regionsOf(request);
    const standbyFloor = ({ facts, topology }: Context): number => {
        const before = facts.get(`${request.scope}target-capacity`) as Capacity | undefined;
        return before?.min ?? topology.capacity.standbyMin;
    };
    return {
        id: `${request.scope}scale-other-down`,
        title: `Lower the floor of ${source.key}'s database`,
        kind: "change",
        why:
            "It is a standby now, and has the floor that the other standby had. Its fleets stay as they are: they " +
            "serve the users near by, whoever writes, and scale by themselves.",
        byHand:
            `aws rds modify-db-cluster --region ${source.region} --db-cluster-identifier ${source.clusterIdentifier} ` +
            "--serverless-v2-scaling-configuration MinCapacity=<the standby's>,MaxCapacity=<as it is> --apply-immediately",
        timeoutSeconds: 600,
        describe: async (context) => {
            const { capacity } = await clusterOf(context, source);
            return `from ${capacity?.min ?? "no"} to ${standbyFloor(context)} ACU, now that ${target.key} writes`;
        },
        isDone: async (context) => {
            const { capacity } = await clusterOf(context, source);
            return capacity === undefined || capacity.min <= standbyFloor(context);
        },
        run: async (context) => {
            const { capacity } = await clusterOf(context, source);
            if (capacity === undefined) {
                return undefined;
            }
            const min = standbyFloor(context);
            await setCapacity(context, source, { min, max: capacity.max });
            return `${source.key}'s floor is ${min} ACU`;
        },
    };
}
