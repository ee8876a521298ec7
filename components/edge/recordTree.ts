/** One region, as DNS sees it. */
export interface RecordRegion {
    /** Short name, the first label of its failover name. */
    readonly key: string;
    /** The AWS region, which latency is measured to. */
    readonly region: string;
    /** Key of the region that answers when this one is unhealthy. */
    readonly failoverTo: string;
    /** Continents, by Route 53's codes, that geolocation keeps here. */
    readonly continents: readonly string[];
}

/** What the records of a shop look like. */
export interface RecordTreeOptions {
    /** Answers with the nearest region that is well, such as `origin.shop.example.com`. */
    readonly latencyName: string;
    /** The name over a region's failover pair. */
    readonly failoverName: (key: string) => string;
    /** Answers by continent first; left out, there is no geolocation layer. */
    readonly geolocationName?: string | undefined;
    /** Whether the balancers have IPv6 addresses too. */
    readonly dualStack?: boolean | undefined;
}

export type RecordType = "A" | "AAAA";

/** How Route 53 chooses among the record sets of one name and type. */
export type RoutingPolicy =
    | { readonly kind: "latency"; readonly region: string }
    | { readonly kind: "failover"; readonly role: "PRIMARY" | "SECONDARY" }
    | { readonly kind: "geolocation"; readonly continent: string }
    /** Where no other geolocation record fits. */
    | { readonly kind: "geolocation"; readonly country: "*" };

/** What an alias stands for. */
export type AliasTarget =
    | { readonly kind: "balancer"; readonly key: string }
    /** Another record set of the tree, of the same type. */
    | { readonly kind: "name"; readonly name: string };

/** One record set. All of them are aliases, which AWS answers for free and without a second query. */
export interface RecordSet {
    /** Tells the record set apart in logical names: stable, and unique in the tree. */
    readonly role: string;
    readonly name: string;
    readonly type: RecordType;
    readonly setIdentifier: string;
    readonly policy: RoutingPolicy;
    readonly target: AliasTarget;
    /** Key of the region whose health check decides, beside the target's own health. */
    readonly healthCheckOf?: string;
}

/**
 * The record sets that send a viewer to the nearest region that is well, and the viewers of a lost region to the
 * region that was chosen for them.
 *
 * Latency and failover cannot share a name: Route 53 takes one policy per name and type. So there are layers, each
 * an alias to the next: continents (when wanted), latency, a failover pair per region, the balancers. A layer comes
 * after those that it points to, because Route 53 refuses an alias whose target does not exist.
 */
export function recordTree(regions: readonly RecordRegion[], options: RecordTreeOptions): RecordSet[] {
    const types: RecordType[] = options.dualStack === true ? ["A", "AAAA"] : ["A"];
    return types.flatMap((type) => [
        ...regions.flatMap((region) => failoverPair(region, type, options)),
        ...regions.map((region) => latencyRecord(region, type, options)),
        ...geolocationRecords(regions, type, options),
    ]);
}

function failoverPair(region: RecordRegion, type: RecordType, options: RecordTreeOptions): RecordSet[] {
    const name = options.failoverName(region.key);
    // The second one carries the health check of the region that it leads to. With both unhealthy the pair is, and
    // the latency layer passes it over for a third region.
    return (["PRIMARY", "SECONDARY"] as const).map((role) => {
        const key = role === "PRIMARY" ? region.key : region.failoverTo;
        return {
            role: roleName(["failover", region.key, role.toLowerCase()], type),
            name,
            type,
            setIdentifier: `${region.key}-${role.toLowerCase()}`,
            policy: { kind: "failover", role },
            target: { kind: "balancer", key },
            healthCheckOf: key,
        };
    });
}

function latencyRecord(region: RecordRegion, type: RecordType, options: RecordTreeOptions): RecordSet {
    return {
        role: roleName(["latency", region.key], type),
        name: options.latencyName,
        type,
        setIdentifier: region.key,
        policy: { kind: "latency", region: region.region },
        target: { kind: "name", name: options.failoverName(region.key) },
    };
}

function geolocationRecords(
    regions: readonly RecordRegion[],
    type: RecordType,
    options: RecordTreeOptions,
): RecordSet[] {
    const name = options.geolocationName;
    if (name === undefined) {
        return [];
    }
    const continents = regions.flatMap((region) =>
        region.continents.map((continent): RecordSet => ({
            role: roleName(["continent", continent.toLowerCase()], type),
            name,
            type,
            setIdentifier: continent,
            policy: { kind: "geolocation", continent },
            target: { kind: "name", name: options.failoverName(region.key) },
        })),
    );
    // Without a default, addresses that Route 53 cannot place would get no answer at all.
    const elsewhere: RecordSet = {
        role: roleName(["continent", "default"], type),
        name,
        type,
        setIdentifier: "default",
        policy: { kind: "geolocation", country: "*" },
        target: { kind: "name", name: options.latencyName },
    };
    return [...continents, elsewhere];
}

function roleName(parts: readonly string[], type: RecordType): string {
    return [...parts, ...(type === "AAAA" ? ["ipv6"] : [])].join("-");
}

/** Everything for which Route 53 would refuse these regions' records; none when they are fine. */
export function recordTreeProblems(
    regions: readonly RecordRegion[],
): { path: string; value: unknown; allowed: string }[] {
    const found: { path: string; value: unknown; allowed: string }[] = [];
    if (regions.length < 2) {
        found.push({
            path: "regions",
            value: regions.length,
            allowed: "2 regions or more, so that one can take over",
        });
    }
    const continents = new Set<string>();
    regions.forEach((region, position) => {
        const path = `regions[${position}]`;
        const before = regions.slice(0, position);
        if (
            !/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(region.key) ||
            before.some(({ key }) => key === region.key)
        ) {
            found.push({
                path: `${path}.key`,
                value: region.key,
                allowed: "a DNS label that no other region has",
            });
        }
        if (before.some((other) => other.region === region.region)) {
            // Source: Route 53 Developer Guide, "Latency-based routing".
            found.push({ path: `${path}.region`, value: region.region, allowed: "each AWS region once" });
        }
        const others = regions.map(({ key }) => key).filter((key) => key !== region.key);
        if (!others.includes(region.failoverTo)) {
            found.push({
                path: `${path}.failoverTo`,
                value: region.failoverTo,
                allowed: `the key of another region: ${others.join(", ")}`,
            });
        }
        region.continents.forEach((continent, index) => {
            if (!isContinent(continent) || continents.has(continent)) {
                found.push({
                    path: `${path}.continents[${index}]`,
                    value: continent,
                    allowed: `each of ${CONTINENTS.join(", ")} once, over all regions`,
                });
            }
            continents.add(continent);
        });
    });
    return found;
}

/** The codes of continents that Route 53 knows. Source: Route 53 API Reference, GeoLocation, ContinentCode. */
export const CONTINENTS: readonly string[] = ["AF", "AN", "AS", "EU", "NA", "OC", "SA"];

/** Whether Route 53 knows a continent by this code. */
export function isContinent(code: string): boolean {
    return CONTINENTS.includes(code);
}
