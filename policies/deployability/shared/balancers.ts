import { ifKnown, type Member, object, type Props, type StackView, text } from "../../framework";
import { isInput } from "../../framework/items";
import { put } from "../../framework/relations";
import { BALANCERS, BUCKETS, LISTENER_RULES, LISTENERS, TARGET_GROUPS } from "./types";

export const APPLICATION_PROTOCOLS = ["HTTP", "HTTPS"];
export const NETWORK_PROTOCOLS = ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"];

/** The kind of a load balancer; left out it is an application load balancer. */
export function kindOf(props: Props): string {
    const kind = text(props.loadBalancerType) ?? "";
    return kind === "" ? "application" : kind;
}

/** A load balancer's kind in a message, such as `an application load balancer`. */
export function kindText(kind: string): string {
    return `${kind === "application" ? "an" : "a"} ${kind} load balancer`;
}

/** The load balancer of a listener, where the stack has it. */
export function balancerOf(stack: StackView, listener: Member): Member | undefined {
    return stack.referencesOf(listener, "loadBalancerArn", ...BALANCERS)[0];
}

/** The listeners that send requests to a target group, themselves or by a rule. */
export function listenersOf(stack: StackView, group: Member): readonly Member[] {
    return [...new Set(stack.once(listenersByGroup).get(group) ?? [])];
}

function listenersByGroup(stack: StackView): ReadonlyMap<Member, readonly Member[]> {
    const byGroup = new Map<Member, Member[]>();
    for (const listener of stack.ofType(...LISTENERS)) {
        for (const group of stack.referencesOf(listener, "defaultActions", ...TARGET_GROUPS)) {
            put(byGroup, group, listener);
        }
    }
    for (const rule of stack.ofType(...LISTENER_RULES)) {
        for (const group of stack.referencesOf(rule, "actions", ...TARGET_GROUPS)) {
            for (const listener of stack.referencesOf(rule, "listenerArn", ...LISTENERS)) {
                put(byGroup, group, listener);
            }
        }
    }
    return byGroup;
}

function bucketsByName(stack: StackView): ReadonlyMap<string, Member> {
    const byName = new Map<string, Member>();
    for (const bucket of stack.ofType(...BUCKETS)) {
        const name = ifKnown(() => text(bucket.props.bucket)) ?? "";
        if (name !== "" && !byName.has(name)) {
            byName.set(name, bucket);
        }
    }
    return byName;
}

/** Kinds of logs that load balancers write to a bucket, by property. */
export const LOG_PROPERTIES = ["accessLogs", "connectionLogs", "healthCheckLogs"] as const;

/** A bucket of the stack to which a load balancer writes logs. */
export interface LogTarget {
    readonly balancer: Member;
    readonly property: string;
    readonly bucket: Member;
}

/** The buckets that load balancers write to. Buckets of elsewhere are left out; an unknown one is undecided. */
export function logTargets(stack: StackView): readonly LogTarget[] {
    const targets: LogTarget[] = [];
    stack.each(stack.ofType(...BALANCERS), (balancer) => {
        for (const property of LOG_PROPERTIES.filter((each) => isInput(balancer, each))) {
            const related = (balancer.propertyDependencies[property] ?? []).find(({ type }) =>
                (BUCKETS as readonly string[]).includes(type),
            );
            const named = related === undefined ? text(object(balancer.props[property]).bucket) : undefined;
            const bucket = related ?? stack.once(bucketsByName).get(named ?? "");
            if (bucket !== undefined) {
                targets.push({ balancer, property, bucket });
            }
        }
    });
    return targets;
}
