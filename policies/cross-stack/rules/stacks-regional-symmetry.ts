import { regionOf, stacksRule, type NamedStack } from "../../framework";
import { matchesAny } from "../../framework/patterns";

interface Config {
    readonly regionalStacks: string;
    readonly except: readonly string[];
    readonly alsoExcept: readonly string[];
    readonly wholeOrNot: readonly (readonly string[])[];
}

export const rule = stacksRule<Config>({
    id: "stacks-regional-symmetry",
    severity: "medium",
    description:
        "Every region of an environment has the same resources, by type and logical name, but for what one region owns for all.",
    fix: "Make the resource in every region, or add it to `except` if one region owns it for all.",
    frameworks: { controls: ["P17"] },
    config: {
        regionalStacks: {
            type: "string",
            default: "^(?<environment>.+)-(?!global$)(?<region>[a-z0-9]+)$",
            description:
                "A pattern for the names of stacks that make a region, with the groups `environment` and `region`.",
        },
        except: {
            type: "array",
            items: { type: "string" },
            default: [
                // What belongs to the account, and the home region holds.
                "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock *",
                "aws:iam/accountPasswordPolicy:AccountPasswordPolicy *",
                "* *-baseline-trail",
                "* *-baseline-trail-*",
                // The founding member of the global database, its credentials and what rotates them. Secondary
                // members are made by the global stack.
                "aws:rds/cluster:Cluster *-db-cluster",
                "aws:rds/clusterInstance:ClusterInstance *-db-instance-*",
                "aws:ssm/parameter:Parameter *-db-*",
                "aws:cloudwatch/metricAlarm:MetricAlarm *-db-*",
                "* *-db-master*",
                "* *-db-secret-encryption*",
                "* *-db-rotation*",
                "* *-db-preparation*",
                "* *-db-application-user",
                "* *-db-dead-letters",
                "* *-db-final-snapshot",
                // Of a region that uses another one's database, and of the way from one to the other.
                "aws:rds/subnetGroup:SubnetGroup *-restore-subnets",
                "* *-api-to-database-*",
                "* *-data-from-client-*",
            ],
            description:
                "What one region owns for all, as `<type> <logical name>`; `*` stands for any run of characters.",
        },
        alsoExcept: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "More of the same, beside what `except` has.",
        },
        wholeOrNot: {
            type: "array",
            items: { type: "array", items: { type: "string" } },
            default: [["meridian:index:AuroraGlobal *-db", "* *-db-*"]],
            description:
                "Groups of what a region has all of or nothing, each a list as in `except`: a region without a member of the " +
                "global database uses another one's.",
        },
    },
    checkStacks: (stacks, report, { regionalStacks, except, alsoExcept, wholeOrNot }) => {
        const pattern = new RegExp(regionalStacks);
        const environments = new Map<string, Region[]>();
        for (const stack of stacks.stacks) {
            const { environment, region } = pattern.exec(stack.name)?.groups ?? {};
            if (environment !== undefined && region !== undefined) {
                const others = environments.get(environment) ?? [];
                const resources = resourcesOf(stack, region, [...except, ...alsoExcept]);
                environments.set(environment, [...others, { stack, resources }]);
            }
        }
        for (const regions of environments.values()) {
            const everything = new Set(regions.flatMap(({ resources }) => [...resources]));
            const wholes = wholeOrNot.map((patterns) => ({
                patterns,
                regions: regions.filter(({ resources }) =>
                    [...resources].some((each) => matchesAny(patterns, each)),
                ),
            }));
            for (const resource of everything) {
                const whole = wholes.find(({ patterns }) => matchesAny(patterns, resource));
                const lacking = (whole?.regions ?? regions).filter(
                    ({ resources }) => !resources.has(resource),
                );
                const having = regions.filter(({ resources }) => resources.has(resource));
                for (const { stack } of lacking) {
                    const [type = "", name = ""] = resource.split(" ");
                    report(
                        `has no ${type} "${name}", which ${having.map((region) => region.stack.name).join(" and ")} ${having.length === 1 ? "has" : "have"}.`,
                        { stack },
                    );
                }
            }
        }
    },
});

interface Region {
    readonly stack: NamedStack;
    readonly resources: ReadonlySet<string>;
}

/** Types and names of what every region has alike, with what names the region taken out. */
function resourcesOf({ view }: NamedStack, region: string, except: readonly string[]): ReadonlySet<string> {
    const provider = view.ofType("pulumi:providers:aws").map(regionOf)[0];
    // The longer one first: a key such as eu may begin the region's own name.
    const tokens = [...(provider === undefined ? [] : [provider]), region].map((token) =>
        token.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
    );
    const word = new RegExp(`(?<![a-z0-9])(?:${tokens.join("|")})(?![a-z0-9])`, "g");
    return new Set(
        view.resources
            .filter(({ type }) => type !== "pulumi:pulumi:Stack")
            .map(({ type, name }) => `${type} ${name.replace(word, "<region>")}`)
            .filter((resource) => !matchesAny(except, resource)),
    );
}
