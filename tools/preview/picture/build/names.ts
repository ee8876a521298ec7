/** Where names lead and what distributions fetch from: Route 53 records, health checks, CloudFront's origins. */
import { items, textOf } from "../../render/inputs";
import { isRecord, MASK } from "../../values";
import { type Item } from "../inventory";
import { type Bound } from "../types";
import { type Scene } from "./scene";

/** A name that chooses between several targets, and so is drawn by itself; or one that leads out of the stacks. */
export interface RoutedName {
    readonly name: string;
    /** Empty for what is outside of the stacks. */
    readonly records: readonly Item[];
}

/** A way by the ends that are drawn: resources, or names. */
export interface ItemRoute {
    readonly from: Item | RoutedName;
    readonly path?: string;
    readonly policy:
        "simple" | "failover" | "latency" | "weighted" | "geolocation" | "multivalue" | "origin group";
    readonly targets: readonly {
        readonly to: Item | RoutedName;
        readonly role: "primary" | "secondary" | "equal";
        readonly region?: string;
        readonly noticed?: Bound;
    }[];
}

/** All names of a system. */
export interface Names {
    readonly routed: readonly RoutedName[];
    /** Names that lead to one thing, by what they lead to: a resource's URN, or a routed name. */
    readonly also: ReadonlyMap<string, readonly string[]>;
    readonly routes: readonly ItemRoute[];
}

const RECORD = "aws:route53/record:Record";
const CHECK = "aws:route53/healthCheck:HealthCheck";
const BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];

const POLICIES = {
    failoverRoutingPolicies: "failover",
    latencyRoutingPolicies: "latency",
    weightedRoutingPolicies: "weighted",
    geolocationRoutingPolicies: "geolocation",
    geoproximityRoutingPolicy: "geolocation",
    cidrRoutingPolicy: "geolocation",
} as const;

/** The seconds after which an alias is asked anew. Source: Amazon Route 53 Developer Guide, "Choosing between alias and non-alias records". */
const ALIAS_SECONDS = 60;

/** Reads the records and distributions of a system. */
export function namesOf(scene: Scene): Names {
    return new Reader(scene).read();
}

class Reader {
    readonly #records = new Map<string, Item[]>();
    readonly #routed = new Map<string, RoutedName>();
    readonly #also = new Map<string, string[]>();
    readonly #outside = new Map<string, RoutedName>();
    /** APIs that share the name of another one, by that. */
    readonly #beside = new Map<Item, readonly Item[]>();

    constructor(readonly scene: Scene) {
        for (const record of scene.inventory.ofType(RECORD)) {
            const name = nameOf(record);
            // What begins so proves who owns a name, and leads nowhere.
            if (
                ["A", "AAAA", "CNAME", "HTTPS"].includes(String(record.inputs["type"])) &&
                !name.startsWith("_")
            ) {
                this.#records.set(name, [...(this.#records.get(name) ?? []), record]);
            }
        }
        for (const [name, records] of this.#records) {
            if (records.some((record) => policyOf(record) !== "simple")) {
                this.#routed.set(name, { name, records });
            }
        }
    }

    read(): Names {
        const routes: ItemRoute[] = [];
        for (const [name, records] of this.#records) {
            const routed = this.#routed.get(name);
            if (routed === undefined) {
                const target = records
                    .map((record) => this.#targetOf(record))
                    .find((each) => each !== undefined);
                if (target !== undefined) {
                    const key = "urn" in target ? target.urn : target.name;
                    this.#also.set(key, [...new Set([...(this.#also.get(key) ?? []), name])]);
                }
                continue;
            }
            const first = records.find((record) => policyOf(record) !== "simple");
            const seen = new Set<string>();
            const targets = records.flatMap((record) => {
                const to = this.#targetOf(record);
                const key = String(record.inputs["setIdentifier"]);
                if (to === undefined || seen.has(key)) {
                    return [];
                }
                seen.add(key);
                return [{ to, ...roleOf(record), ...this.#noticed(record) }];
            });
            const policy = first === undefined ? "simple" : policyOf(first);
            routes.push({ from: routed, policy, targets });
            const others = targets.map(({ to }) => ("urn" in to ? (this.#beside.get(to) ?? []) : []));
            for (let at = 0; others.some((each) => at < each.length); at += 1) {
                const further = targets.flatMap((target, index) => {
                    const to = others[index]?.[at];
                    return to === undefined ? [] : [{ ...target, to }];
                });
                routes.push({ from: routed, path: "other base paths", policy, targets: further });
            }
        }
        for (const distribution of this.scene.inventory.ofType("aws:cloudfront/distribution:Distribution")) {
            routes.push(...this.#origins(distribution));
        }
        const aimedAt = new Set(routes.flatMap(({ targets }) => targets.map(({ to }) => to)));
        const outside = [...this.#outside.values()].filter((name) => aimedAt.has(name));
        return { routed: [...this.#routed.values(), ...outside], also: this.#also, routes };
    }

    /** What a record leads to, through names that lead to one thing alone. */
    #targetOf(record: Item, visited: readonly string[] = []): Item | RoutedName | undefined {
        const [alias] = items(record.inputs["aliases"]);
        const text = isRecord(alias) ? alias["name"] : items(record.inputs["records"])[0];
        return text === MASK ? this.#behindSecret(record) : this.#resolve(textOf(text), visited);
    }

    #resolve(text: string | undefined, visited: readonly string[] = []): Item | RoutedName | undefined {
        const name = text?.replace(/\.$/, "").replace(/^dualstack\./, "");
        if (name === undefined || visited.includes(name)) {
            return undefined;
        }
        const routed = this.#routed.get(name);
        if (routed !== undefined) {
            return routed;
        }
        const found = this.scene.inventory.named(name);
        if (found !== undefined) {
            return this.#standIn(found);
        }
        const behind = (this.#records.get(name) ?? [])
            .map((record) => this.#targetOf(record, [...visited, name]))
            .find((each) => each !== undefined);
        return behind ?? this.#elsewhere(name);
    }

    /** What these stacks do not make: it is drawn by its name. */
    #elsewhere(name: string): RoutedName | undefined {
        if (name === MASK || !name.includes(".")) {
            return undefined;
        }
        const known = this.#outside.get(name) ?? { name, records: [] };
        this.#outside.set(name, known);
        return known;
    }

    /** A name of an API stands for the API that it leads to. */
    #standIn(item: Item): Item | undefined {
        const { inventory } = this.scene;
        if (item.type === "aws:apigateway/domainName:DomainName") {
            const name = item.inputs["domainName"];
            const mappings = inventory
                .ofType(
                    "aws:apigateway/basePathMapping:BasePathMapping",
                    "aws:apigatewayv2/routingRule:RoutingRule",
                )
                .filter(({ inputs, region }) => inputs["domainName"] === name && region === item.region);
            const apis = inventory.ofType("aws:apigateway/restApi:RestApi", "aws:apigatewayv2/api:Api");
            const [first, ...others] = mappings
                .map(({ inputs }) => JSON.stringify(inputs))
                .flatMap((text) => apis.filter((each) => text.includes(`"${idOfApi(each)}"`)));
            if (first !== undefined) {
                this.#beside.set(first, others);
            }
            return first ?? this.scene.standIn(item);
        }
        return this.scene.standIn(item);
    }

    /**
     * The target of a record whose own text is a secret: its health check says the name, or the stack that the text
     * is read from has one balancer that faces the internet.
     */
    #behindSecret(record: Item): Item | RoutedName | undefined {
        const { inventory } = this.scene;
        const check = this.#checkOf(record);
        const urns = Object.values(record.state.propertyDependencies).flat();
        const references = urns
            .flatMap((urn) => inventory.get(urn) ?? [])
            .filter(({ type }) => type === "pulumi:pulumi:StackReference");
        const stacks = references.map(({ inputs }) => String(inputs["name"]).split("/").at(-1));
        const within = (item: Item | RoutedName | undefined): boolean =>
            item !== undefined && "urn" in item && (stacks.length === 0 || stacks.includes(item.stack));
        const checked = this.#resolve(textOf(check?.inputs["fqdn"]));
        if (within(checked)) {
            return checked;
        }
        const facing = inventory
            .ofType(...BALANCERS)
            .filter(({ inputs, stack }) => stacks.includes(stack) && inputs["internal"] !== true);
        return facing.length === 1 ? facing[0] : undefined;
    }

    #checkOf(record: Item): Item | undefined {
        const { inventory } = this.scene;
        const dependencies = record.state.propertyDependencies["healthCheckId"] ?? [];
        const checks = dependencies
            .flatMap((urn) => inventory.get(urn) ?? [])
            .filter(({ type }) => type === CHECK);
        const id = record.inputs["healthCheckId"];
        // Of several that a component has made, the id tells.
        return checks.length < 2
            ? checks[0]
            : checks.find(
                  (check) =>
                      typeof id === "string" &&
                      check.outputs["arn"] === `arn:aws:route53:::healthcheck/${id}`,
              );
    }

    #noticed(record: Item): { noticed?: Bound } {
        const ttl = Number(record.inputs["ttl"] ?? ALIAS_SECONDS);
        const check = this.#checkOf(record);
        if (check !== undefined) {
            const [times, interval] = [check.inputs["failureThreshold"], check.inputs["requestInterval"]].map(
                Number,
            );
            const known = times !== undefined && interval !== undefined && !Number.isNaN(times * interval);
            return {
                noticed: {
                    text: known
                        ? `${times * interval} s until the check fails, then up to ${ttl} s in resolvers`
                        : `when its health check fails, then up to ${ttl} s in resolvers`,
                    source: known
                        ? `health check ${check.name}: ${times} failures, ${interval} s apart; TTL of ${nameOf(record)}`
                        : `health check ${check.name}`,
                },
            };
        }
        if (typeof record.inputs["healthCheckId"] === "string") {
            return {
                noticed: {
                    text: `when its health check fails, then up to ${ttl} s in resolvers`,
                    source: "a health check",
                },
            };
        }
        const [alias] = items(record.inputs["aliases"]);
        return isRecord(alias) && alias["evaluateTargetHealth"] === true
            ? {
                  noticed: {
                      text: `when Route 53 sees its target fail, then up to ${ttl} s in resolvers`,
                      source: "evaluateTargetHealth",
                  },
              }
            : {};
    }

    #origins(distribution: Item): ItemRoute[] {
        const { inputs } = distribution;
        const origins = new Map(
            items(inputs["origins"]).flatMap((origin) =>
                isRecord(origin)
                    ? [[String(origin["originId"]), this.#resolve(textOf(origin["domainName"]))] as const]
                    : [],
            ),
        );
        const groups = new Map(
            items(inputs["originGroups"]).flatMap((group) =>
                isRecord(group)
                    ? [
                          [
                              String(group["originId"]),
                              items(group["members"]).map((member) =>
                                  isRecord(member) ? String(member["originId"]) : "",
                              ),
                          ] as const,
                      ]
                    : [],
            ),
        );
        const paths = new Map<string, string[]>();
        const behaviours = [inputs["defaultCacheBehavior"], ...items(inputs["orderedCacheBehaviors"])];
        for (const behaviour of behaviours) {
            if (isRecord(behaviour)) {
                const id = String(behaviour["targetOriginId"]);
                paths.set(id, [...(paths.get(id) ?? []), textOf(behaviour["pathPattern"]) ?? "*"]);
            }
        }
        return [...paths].flatMap(([id, patterns]): ItemRoute[] => {
            const members = groups.get(id);
            const known = (members ?? [id]).flatMap((each, position) => {
                const to = origins.get(each);
                return to === undefined ? [] : [{ to, position }];
            });
            if (known.length === 0) {
                return [];
            }
            const noticed = {
                text: "at once, request by request",
                source: `origin group ${id} of ${distribution.name}`,
            };
            return [
                {
                    from: distribution,
                    path: patterns.join(", "),
                    policy: members === undefined ? "simple" : "origin group",
                    targets: known.map(({ to, position }) =>
                        members === undefined
                            ? { to, role: "primary" }
                            : { to, role: position === 0 ? "primary" : "secondary", noticed },
                    ),
                },
            ];
        });
    }
}

function idOfApi({ outputs }: Item): string {
    return (
        textOf(outputs["executionArn"])?.split(":").at(-1) ?? textOf(outputs["arn"])?.split("/").at(-1) ?? ""
    );
}

function nameOf(record: Item): string {
    return String(record.inputs["name"]).replace(/\.$/, "");
}

function policyOf({ inputs }: Item): ItemRoute["policy"] {
    for (const [property, policy] of Object.entries(POLICIES)) {
        if (inputs[property] !== undefined) {
            return policy;
        }
    }
    return inputs["multivalueAnswerRoutingPolicy"] === true ? "multivalue" : "simple";
}

function roleOf({ inputs }: Item): { role: "primary" | "secondary" | "equal"; region?: string } {
    const [failover] = items(inputs["failoverRoutingPolicies"]);
    const [latency] = items(inputs["latencyRoutingPolicies"]);
    if (isRecord(failover)) {
        return { role: failover["type"] === "SECONDARY" ? "secondary" : "primary" };
    }
    const region = isRecord(latency) ? textOf(latency["region"]) : undefined;
    return { role: "equal", ...(region === undefined ? {} : { region }) };
}
