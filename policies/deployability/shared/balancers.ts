import { ifKnown, type Member, object, type Props, type StackView, text } from "../../framework";
import { isInput } from "../../framework/items";
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
    const own = stack
        .ofType(...LISTENERS)
        .filter((listener) =>
            stack
                .referencesOf(listener, "defaultActions", ...TARGET_GROUPS)
                .some(({ urn }) => urn === group.urn),
        );
    const byRule = stack
        .ofType(...LISTENER_RULES)
        .filter((rule) =>
            stack.referencesOf(rule, "actions", ...TARGET_GROUPS).some(({ urn }) => urn === group.urn),
        )
        .flatMap((rule) => stack.referencesOf(rule, "listenerArn", ...LISTENERS));
    return [...new Set([...own, ...byRule])];
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
            const bucket =
                related ??
                stack.ofType(...BUCKETS).find((each) => {
                    const name = ifKnown(() => text(each.props.bucket));
                    return name !== undefined && name === named;
                });
            if (bucket !== undefined) {
                targets.push({ balancer, property, bucket });
            }
        }
    });
    return targets;
}
